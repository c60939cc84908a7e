from regions.models.attachment import Attached, Attachment
from regions.models.event import Event
from regions.models.figure import Figure
from regions.models.figure_mention import FigureMention, TellingQuerySet, TellsFigures, share_mentions
from regions.models.illustrated import Illustrated
from regions.models.indicator import Indicator
from regions.models.organisation import Organisation
from regions.models.photo import Photo, PhotoUse
from regions.models.region import Region
from regions.models.region_identity import RegionIdentity
from regions.models.region_membership import RegionMembership
from regions.models.source import Source, Sourced
from regions.models.story import Story
from regions.models.topic import Topic

__all__ = [
    "Attached",
    "Attachment",
    "Event",
    "Figure",
    "FigureMention",
    "Illustrated",
    "Indicator",
    "Organisation",
    "Photo",
    "PhotoUse",
    "Region",
    "RegionIdentity",
    "RegionMembership",
    "Source",
    "Sourced",
    "Story",
    "TellingQuerySet",
    "TellsFigures",
    "Topic",
    "share_mentions",
]
