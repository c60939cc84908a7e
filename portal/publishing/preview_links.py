"""Links to the preview of one draft: made and revoked by staff, read by anybody who has one, for a week."""

from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.publishing.aggregate import digest, snapshot
from portal.publishing.audit import record
from portal.publishing.models import SETTLED, AuditEntry, PreviewLink, Publishable
from portal.publishing.rights import READERS, Act, Answer, may, owner_key
from portal.publishing.workflow.refusal import RefusedError
from portal.staff.models import Role, User
from portal.staff.roles import grant_in

EXPIRED = gettext_lazy("这个预览链接已经过期。预览链接七天内有效。")
_signer = Signer(salt="portal.publishing.preview_links", sep=".")


def may_link(user: User, entry: Any) -> Answer:
    """Whoever writes, reviews or publishes here; contributors for their own drafts."""
    if not (seen := may(user, Act.VIEW, entry)):
        return seen
    is_own = entry.created_by_id is not None and entry.created_by_id == user.pk
    roles = READERS | {Role.CONTRIBUTOR} if is_own else READERS
    if grant := grant_in(user, roles, owner_key(entry)):
        return Answer(True, _("您有这个角色：%(grant)s。") % {"grant": grant})
    return Answer(False, _("在这里编辑、审核或发布的人才能管理预览链接；供稿只能管理自己草稿的。"))


@transaction.atomic
def make_link(entry: Publishable, *, by: User) -> PreviewLink:
    """A link to the draft as it is stored now; RefusedError for what readers know already."""
    row = type(entry)._base_manager.select_for_update().get(pk=entry.pk)
    if not (answer := may_link(by, row)):
        raise RefusedError(answer.why)
    if row.is_live and row.state in SETTLED:
        raise RefusedError(_("这条内容已经发布过，读者有它的网址；要给人看修改，请在修改稿里生成预览链接。"))
    link = PreviewLink.objects.create(
        entry_type=row.type_label(), entry_id=row.pk, entry_uuid=row.uuid, digest=digest(snapshot(row)), made_by=by
    )
    after = {"link": link.pk, "expires_at": link.expires_at.isoformat()}
    record(AuditEntry.Action.PREVIEW_LINK_MADE, row, by=by, after=after)
    return link


@transaction.atomic
def revoke_link(entry: Publishable, key: int, *, by: User) -> PreviewLink:
    """End a link of the entry at once; PreviewLink.DoesNotExist for one of another entry."""
    if not (answer := may_link(by, entry)):
        raise RefusedError(answer.why)
    link = links_of(entry).select_for_update(of=("self",)).get(pk=key)
    if link.revoked_at is None:
        link.revoked_at, link.revoked_by = timezone.now(), by
        link.save(update_fields=["revoked_at", "revoked_by"])
        record(AuditEntry.Action.PREVIEW_LINK_REVOKED, entry, by=by, before={"link": link.pk})
    return link


def links_of(entry: Publishable) -> Any:
    rows = PreviewLink.objects.filter(entry_type=entry.type_label(), entry_id=entry.pk, entry_uuid=entry.uuid)
    return rows.select_related("made_by", "revoked_by")


def address_of(link: PreviewLink) -> str:
    """Built from SITE_URL, never from the Host header."""
    return urljoin(settings.SITE_URL, reverse("preview-link", args=[token_of(link)]))


def token_of(link: PreviewLink) -> str:
    return _signer.sign(link.public_id)


def read_token(token: str) -> str:
    """The `public_id` that was signed; "" for what we did not sign. No query."""
    try:
        return _signer.unsign(token)
    except BadSignature:
        return ""


def why_ended(link: PreviewLink | None, entry: Any, at: datetime | None = None) -> str:
    """Why a link opens nothing any more; "" while it does. Queries: who made it, their roles, the text."""
    if link is None:
        return str(EXPIRED)
    if entry is None:
        return _("这份草稿已经不在了。")
    return _ended_by_itself(link, at or timezone.now()) or _ended_by_entry(link, entry)


def _ended_by_itself(link: PreviewLink, at: datetime) -> str:
    if link.revoked_at is not None:
        return _("这个预览链接已经停用。")
    if at >= link.expires_at:
        return str(EXPIRED)
    return ""


def _ended_by_entry(link: PreviewLink, entry: Any) -> str:
    if entry.is_live and entry.state in SETTLED:
        return _("这份草稿已经处理完毕，预览链接随之失效。发布了的内容请在网站上查看。")
    if link.made_by is None or not may_link(link.made_by, entry):
        return _("生成这个预览链接的人已经不负责这条内容，链接随之失效。")
    if digest(snapshot(entry)) != link.digest:
        return _("这份草稿在链接生成之后又改过，链接随之失效。请向给您链接的人要新的。")
    return ""
