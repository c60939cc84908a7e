"""Random worlds of texts on every stage of their way, and what each list must then hold, told row by row."""

import datetime
import random
from typing import Any

from django.utils import timezone

from policies.models import Benefit, Policy
from portal.publishing.desk.branch import entry_types
from portal.publishing.lifecycle import finish_entry, save_entry
from portal.publishing.models import State, SubmissionItem, WorkingCopy
from portal.publishing.rights import EDITORS, Act, may_by_role, owner_key
from portal.publishing.workflow import approve, publish, send_back, submit, why_not_approve
from portal.publishing.workflow.submitting import authors_of
from portal.publishing.working_copy import open_copy
from portal.staff.models import Role, User
from portal.staff.roles import holds
from tests import factories as make
from tests.workflow.cast import Office, again

DAY = datetime.timedelta(days=1)
MODELS = (
    Policy,
    *(model for model in make.MAKERS if model.__name__ in {"Figure", "Event", "Topic", "Story", "Service", "Photo"}),
)


def build(offices: list[Office], seed: int, size: int) -> None:
    dice = random.Random(seed)  # noqa: S311 -- a world needs no secrecy
    for _ in range(size):
        office = dice.choice(offices)
        stage = dice.choice(
            ("draft", "review", "review", "approved", "returned", "returned", "again", "live", "copy", "later", "stuck")
        )
        _to(stage, dice, office)


def _to(stage: str, dice: random.Random, office: Office) -> None:
    if stage in {"live", "copy", "later", "stuck"}:
        return _live(stage, dice, office)
    writer = dice.choice((office.author, office.contributor, office.publisher))
    entry = _draft(dice, office, writer)
    if stage == "draft":
        return None
    item = submit([entry], by=writer if dice.random() < 0.5 else office.author).items.get()
    steps = item.steps if stage == "approved" else dice.randrange(item.steps)
    for step in range(1, steps + 1):
        item = approve(item, by=office.reviewers[step - 1], step=step)
    if stage in {"returned", "again"}:
        send_back(item, by=office.reviewers[-1], reason=f"理由{item.pk}")
    if stage == "again":
        submit([again(entry)], by=office.author)
    return None


def _draft(dice: random.Random, office: Office, writer: User) -> Any:
    model = dice.choice(MODELS)
    entry = make.MAKERS[model](region=office.region, state=State.DRAFT)
    model._base_manager.filter(pk=entry.pk).update(created_by=writer, updated_by=writer)
    entry = again(entry)
    if dice.random() < 0.3:
        save_entry(entry, by=office.author, expected_version=entry.version)
        finish_entry(entry)
    return entry


def _live(stage: str, dice: random.Random, office: Office) -> None:
    today = timezone.localdate()
    verified = dice.choice((None, today, today - 89 * DAY, today - 90 * DAY, today - 91 * DAY, today - 200 * DAY))
    policy = make.make_policy(
        region=office.region, last_verified_on=verified, review_every_days=dice.choice((None, 90)),
        visible_until=timezone.now() + dice.choice((5, 29, 31, 300)) * DAY,
        effective_until=dice.choice((None, today, today - DAY, today + 30 * DAY, today + 31 * DAY)),
        visible_from=timezone.now() + dice.choice((-400, -400, 2)) * DAY,
    )  # fmt: skip
    make.make_benefit(policy=policy, window_until=dice.choice((None, today + DAY, today - DAY, today + 40 * DAY)))
    if stage == "live":
        return
    copy = open_copy(policy, by=dice.choice((office.author, office.publisher)))
    copy.summary = "改了。"
    save_entry(copy, by=office.author, expected_version=copy.version)
    finish_entry(copy)
    if stage == "copy":
        return
    publish([office.approve(again(copy))], by=office.publisher, at=timezone.now() + 9 * DAY)
    if stage == "stuck":
        WorkingCopy.objects.filter(entry_id=copy.pk, entry_type=copy.type_label()).update(problem="没能生效")


Found = set[tuple[str, int]]


def _rows() -> list[Any]:
    return [row for model in entry_types() for row in model._base_manager.all()]


def _key(row: Any) -> tuple[str, int]:
    return row._meta.label_lower, row.pk


def _writes(user: User, row: Any) -> bool:
    """By role, region and authorship."""
    draft = type(row)._base_manager.get(pk=row.pk)
    draft.state = State.DRAFT
    return bool(may_by_role(user, Act.EDIT, draft))


def review(user: User) -> Found:
    return {(item.entry_type, item.pk) for item in SubmissionItem.objects.all() if not why_not_approve(item, _entry(item), user)}


def _entry(item: SubmissionItem) -> Any:
    return item.model._base_manager.filter(pk=item.entry_id).first() or item.model._base_manager.get(uuid=item.entry_uuid)


def to_publish(user: User) -> Found:
    items = SubmissionItem.objects.filter(state="approved").exclude(pk__in=_scheduled_items())
    return {(item.entry_type, item.pk) for item in items if holds(user, {Role.PUBLISHER}, owner_key(_entry(item)))}


def _scheduled_items() -> list[int]:
    items = SubmissionItem.objects.filter(state="approved")
    return [item.pk for item in items if _entry(item).state == State.SCHEDULED]


def returned(user: User) -> Found:
    found = set()
    for row in _rows():
        last = SubmissionItem.objects.filter(entry_type=row.type_label(), entry_id=row.pk).last()
        if row.state == State.DRAFT and last and last.state == "returned" and user.pk in last.author_keys and _writes(user, row):
            found.add(_key(row))
    return found


def drafts(user: User) -> Found:
    own = [row for row in _rows() if row.state == State.DRAFT and user.pk in {row.created_by_id, row.updated_by_id}]
    assert all(user.pk in authors_of(row) for row in own)
    return {_key(row) for row in own if _writes(user, row)}


def scheduled(user: User) -> Found:
    found = set()
    reads_only = not any(grant.role in EDITORS for grant in user.grants_now())
    for row in _rows():
        waits = row.state == State.SCHEDULED
        if reads_only:
            about = WorkingCopy.objects.filter(entry_type=row.type_label(), entry_id=row.pk, problem="没能生效")
            if waits and about.exists():
                found.add(_key(row))
        elif (waits or (row.state == State.PUBLISHED and row.visible_from > timezone.now())) and holds(
            user, EDITORS, owner_key(row)
        ):
            found.add(_key(row))
    return found


def ending(user: User) -> list[tuple[str, int]]:
    """Once for each of its ends."""
    now, today, found = timezone.now(), timezone.localdate(), []
    for row in _rows():
        if _is_shown(row) and _writes(user, row):
            found += [_key(row)] * (row.visible_until <= now + 30 * DAY)
            ends = [getattr(row, name) for name in row.ending_columns]
            found += [_key(row) for end in ends if end and today <= end <= today + 30 * DAY]
    for benefit in Benefit.objects.filter(policy__copy_of=None, window_until__range=(today, today + 30 * DAY)):
        if _is_shown(benefit.policy) and _writes(user, benefit.policy):
            found.append(_key(benefit))
    return found


def _is_shown(row: Any) -> bool:
    return row.is_live and row.state == State.PUBLISHED and row.visible_from <= timezone.now() < row.visible_until


def verification(user: User) -> Found:
    writers = {Role.CONTRIBUTOR, Role.EDITOR, Role.PUBLISHER}
    reads_only = not any(grant.role in writers for grant in user.grants_now())
    rows = [row for row in _rows() if _is_shown(row) and row.is_due_for_verification()]
    return {_key(row) for row in rows if reads_only or _writes(user, row)}


ORACLES = {
    "review": review,
    "publish": to_publish,
    "returned": returned,
    "drafts": drafts,
    "scheduled": scheduled,
    "ending": ending,
    "verification": verification,
}
