from portal.publishing.models.audit_entry import AuditEntry
from portal.publishing.models.bilingual import Bilingual, LocalText
from portal.publishing.models.change import Change, ContentState
from portal.publishing.models.child import Child
from portal.publishing.models.edition import Edition
from portal.publishing.models.found_by import FoundBy
from portal.publishing.models.past_slug import PastSlug
from portal.publishing.models.preview_link import PreviewLink
from portal.publishing.models.publishable import (
    FOREVER,
    LIVE,
    OPEN,
    SETTLED,
    SLUG,
    Publishable,
    PublishableQuerySet,
    State,
    in_public_state,
    serves_region,
)
from portal.publishing.models.review import Review
from portal.publishing.models.sort_key import AsciiKeyField
from portal.publishing.models.submission import Submission, SubmissionItem
from portal.publishing.models.working_copy import WorkingCopy

__all__ = [
    "FOREVER",
    "LIVE",
    "OPEN",
    "SETTLED",
    "SLUG",
    "AsciiKeyField",
    "AuditEntry",
    "Bilingual",
    "Change",
    "Child",
    "ContentState",
    "Edition",
    "FoundBy",
    "LocalText",
    "PastSlug",
    "PreviewLink",
    "Publishable",
    "PublishableQuerySet",
    "Review",
    "State",
    "Submission",
    "SubmissionItem",
    "WorkingCopy",
    "in_public_state",
    "serves_region",
]
