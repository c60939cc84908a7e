"""What a member of staff may do with an entry, and why: by role, region, authorship and state. Every write path asks here.

The rows of an entry (clauses, benefits, pictures) follow their entry. Rules that need more than the row, such as who
approved it before, are the workflow's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from portal.publishing.models import Child, State
from portal.staff.models import Role, User
from portal.staff.roles import grant_in, place_of, region_model

EDITORS = frozenset({Role.EDITOR, Role.PUBLISHER})
PUBLISHERS = frozenset({Role.PUBLISHER})
JUDGES = frozenset({Role.REVIEWER, Role.PUBLISHER})
READERS = EDITORS | {Role.REVIEWER}
"""Who sees everything of a region."""


class Act(StrEnum):
    VIEW = "view"
    CREATE = "create"
    EDIT = "edit"
    SUBMIT = "submit"
    RECALL = "recall"
    """Take a text back from review, to write on."""
    REVIEW = "review"
    RETURN = "return"
    """Give a text back to its authors."""
    PUBLISH = "publish"
    """Also: set a date for it."""
    WITHDRAW = "withdraw"
    DELETE = "delete"
    OPEN_COPY = "open_copy"
    """Open a working copy of a live entry."""
    DISCARD = "discard"
    """Throw an open working copy away."""
    COPY = "copy"
    """Make a new entry like this one."""


CONTRIBUTED = frozenset({Act.VIEW, Act.CREATE, Act.EDIT, Act.SUBMIT, Act.RECALL, Act.DELETE, Act.OPEN_COPY, Act.DISCARD})
"""What contributors do with what is theirs."""


@dataclass(frozen=True, slots=True)
class Answer:
    """True when one may; `why` is a sentence either way."""

    ok: bool
    why: str

    def __bool__(self) -> bool:
        return self.ok


def may(user: User, act: Act, entry: Any) -> Answer:
    """At most one query besides the user's roles, one more for deleting what was withdrawn. A new entry is asked about with its region set."""
    if isinstance(entry, Child):
        return may(user, Act.VIEW if act is Act.VIEW else Act.EDIT, entry.parent)
    if act is Act.COPY:
        return may(user, Act.CREATE, entry) if (seen := may(user, Act.VIEW, entry)) else seen
    answer = may_by_role(user, act, entry)
    stops = STATES.get(act)
    sentence = stops(user, entry) if answer and stops else ""
    return Answer(False, sentence) if sentence else answer


def may_by_role(user: User, act: Act, entry: Any) -> Answer:
    """The same, whatever the state of the row: by role, region and authorship."""
    if user.is_active and (sentence := _of_the_whole_site(user, act)):
        return Answer(True, sentence)
    region = owner_key(entry)
    if grant := grant_in(user, _roles_for(act, entry), region):
        return Answer(True, _("您有这个角色：%(grant)s。") % {"grant": grant})
    grant = grant_in(user, {Role.CONTRIBUTOR}, region) if act in CONTRIBUTED and not _is_publishers(act, entry) else None
    if grant is None:
        return refusal_in(user, act, entry, region)
    if act is Act.CREATE or _is_own(user, entry) or (act is Act.VIEW and _is_shown(entry)):
        return Answer(True, _("您有这个角色：%(grant)s。") % {"grant": grant})
    return Answer(False, _("您在这里的角色是供稿，只能看已发布的内容，写自己建的草稿。"))


def owner_key(entry: Any) -> int | None:
    """The key of the region that decides; a region itself, a working copy of it as the region it is of. None: the whole site."""
    if not isinstance(entry, region_model()):
        key: int | None = entry.region_id
        return key
    return entry.copy_of_id or entry.pk or entry.parent_id


def is_administrator(user: User) -> bool:
    return bool(user.is_active and user.is_superuser)


def sees_everything(user: User) -> bool:
    """Administrators, auditors, and who holds a reading role for the whole site."""
    return is_administrator(user) or any(
        grant.role == Role.AUDITOR or (grant.role in READERS and grant.region_id is None) for grant in user.grants_now()
    )


def is_judge(user: User) -> bool:
    """Whether somebody reviews anywhere at all."""
    return any(grant.role in JUDGES for grant in user.grants_now())


def _roles_for(act: Act, entry: Any) -> frozenset[Role]:
    if _is_publishers(act, entry):
        return PUBLISHERS
    return {Act.VIEW: READERS, Act.REVIEW: JUDGES, Act.RETURN: JUDGES}.get(act, EDITORS)


def _is_publishers(act: Act, entry: Any) -> bool:
    return act in {Act.PUBLISH, Act.WITHDRAW} or (act is Act.DELETE and entry.state == State.WITHDRAWN)


def _of_the_whole_site(user: User, act: Act) -> str:
    if user.is_superuser and act is Act.VIEW:
        return _("网站管理员看得到全部内容。")
    if user.is_superuser and act is Act.WITHDRAW:
        return _("网站管理员可以紧急撤回，要写明理由。")
    if act is Act.VIEW and any(grant.role == Role.AUDITOR for grant in user.grants_now()):
        return _("审计看得到全部内容。")
    return ""


def refusal_in(user: User, act: Act, entry: Any, region: int | None) -> Answer:
    """Names the role that is lacking and where."""
    place = place_of(user, region).name if region is not None else _("全站")
    if act is Act.VIEW:
        return Answer(False, _("您在%(place)s没有任何角色。") % {"place": place})
    needed = Role.PUBLISHER if _is_publishers(act, entry) else Role.REVIEWER if act in {Act.REVIEW, Act.RETURN} else Role.EDITOR
    return Answer(False, _("您在%(place)s没有%(role)s角色。") % {"place": place, "role": needed.label})


def _is_own(user: User, entry: Any) -> bool:
    return user.pk is not None and entry.created_by_id == user.pk


def _is_shown(entry: Any) -> bool:
    return bool(entry.state == State.PUBLISHED and entry.is_live)


def _stops_editing(user: User, entry: Any) -> str:
    return "" if entry.state == State.DRAFT else _locked(entry)


def _stops_submitting(user: User, entry: Any) -> str:
    return "" if entry.state == State.DRAFT else _locked(entry)


def _stops_recalling(user: User, entry: Any) -> str:
    return "" if entry.state in {State.REVIEW, State.APPROVED} else _("只有审核中或已通过的内容才能取回。")


def _stops_reviewing(user: User, entry: Any) -> str:
    return "" if entry.state == State.REVIEW else _("只有审核中的内容才能通过或退回。")


def _stops_returning(user: User, entry: Any) -> str:
    return "" if entry.state in {State.REVIEW, State.APPROVED} else _("只有审核中或已通过的内容才能退回。")


def _stops_discarding(user: User, entry: Any) -> str:
    if entry.is_live:
        return _("这不是修改稿。")
    return "" if entry.state == State.DRAFT else _("“%(state)s”的修改稿先取回，才能放弃。") % {"state": entry.get_state_display()}


def _stops_publishing(user: User, entry: Any) -> str:
    return "" if entry.state in {State.APPROVED, State.SCHEDULED} else _("审核通过以后才能发布。")


def _stops_withdrawing(user: User, entry: Any) -> str:
    return "" if _is_shown(entry) else _("只有已发布的内容才能撤回。")


def _stops_opening(user: User, entry: Any) -> str:
    if entry.is_live and entry.state in {State.PUBLISHED, State.WITHDRAWN}:
        return ""
    return _("只有已发布或已撤回的内容才需要修改稿。")


def _stops_deleting(user: User, entry: Any) -> str:
    if not entry.is_live:
        return _("修改稿不删除；不要了就放弃修改稿。")
    if entry.state == State.WITHDRAWN and type(entry)._base_manager.filter(copy_of=entry.pk).exists():
        return _("这条内容还有修改稿，请先放弃修改稿（待生效的先取消定时，再取回），再删除。")
    if entry.state == State.WITHDRAWN or (entry.state == State.DRAFT and entry.first_published_at is None):
        return ""
    if entry.state in {State.DRAFT, State.PUBLISHED}:
        return _("公开过的内容不能直接删除，请先撤回，再由有发布角色的人删除。")
    return _("“%(state)s”的内容不能删除，请先取回。") % {"state": entry.get_state_display()}


def _locked(entry: Any) -> str:
    if entry.state in {State.PUBLISHED, State.WITHDRAWN}:
        return _("“%(state)s”的内容不直接改，请先打开修改稿。") % {"state": entry.get_state_display()}
    return _("“%(state)s”的内容已锁定，取回后才能改。") % {"state": entry.get_state_display()}


STATES: dict[Act, Callable[[User, Any], str]] = {
    Act.EDIT: _stops_editing,
    Act.SUBMIT: _stops_submitting,
    Act.RECALL: _stops_recalling,
    Act.REVIEW: _stops_reviewing,
    Act.RETURN: _stops_returning,
    Act.PUBLISH: _stops_publishing,
    Act.WITHDRAW: _stops_withdrawing,
    Act.OPEN_COPY: _stops_opening,
    Act.DISCARD: _stops_discarding,
    Act.DELETE: _stops_deleting,
}
"""What stands in the way of an act although role, region and authorship allow it: a sentence, or nothing."""
