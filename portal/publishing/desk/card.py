"""The items of a submission as reviewers see them: what each says, and what this person may do with it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.publishing.admin.known_names import known_names
from portal.publishing.aggregate import digest, snapshots
from portal.publishing.desk.branch import title_relations
from portal.publishing.models import Review, State, Submission, SubmissionItem
from portal.publishing.rights import Act, may
from portal.publishing.snapshot_difference import FieldDifference, named_in, snapshot_difference
from portal.publishing.workflow import why_not_approve, withdrawn_meanwhile
from portal.staff.models import User

NOTHING: dict[str, Any] = {}


@dataclass(slots=True)
class Card:
    """`entry` is the row that was handed in, or what became of it; None when nothing of it is left, or it may not be seen.

    `differences` are those to the live text, for a new entry all it says; None where the item is decided.
    `notice` is what whoever publishes it has to know before.
    """

    item: SubmissionItem
    entry: Any
    differences: list[FieldDifference] | None = None
    has_changed: bool = False
    why_not: str = ""
    may_return: bool = False
    may_publish: bool = False
    notice: str = ""
    reviews: list[Review] = field(default_factory=list)

    @property
    def is_change(self) -> bool:
        return self.entry is not None and not self.entry.is_live

    @property
    def may_approve(self) -> bool:
        return self.is_open and self.item.state == SubmissionItem.State.WAITING and not self.why_not

    @property
    def is_open(self) -> bool:
        """Waiting for a review or for publication; not for a date."""
        return self.item.is_open and self.entry is not None and self.entry.state in {State.REVIEW, State.APPROVED}

    @property
    def type_name(self) -> str:
        return str(self.item.model._meta.verbose_name)

    @property
    def progress(self) -> str:
        item = self.item
        if item.state == SubmissionItem.State.WAITING:
            return _("第 %(step)d 级 / 共 %(steps)d 级") % {"step": item.passed + 1, "steps": item.steps}
        is_scheduled = item.is_open and self.entry is not None and self.entry.state == State.SCHEDULED
        return str(State.SCHEDULED.label if is_scheduled else item.get_state_display())

    @property
    def url(self) -> str:
        options = self.item.model._meta
        return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[self.entry.pk])

    @property
    def preview_url(self) -> str:
        return f"{self.url.removesuffix('change/')}preview/"

    @property
    def record_url(self) -> str:
        return reverse("admin:record", args=[self.item.entry_type, self.item.entry_uuid])


def cards_of(submission: Submission, items: Iterable[SubmissionItem], user: User) -> list[Card]:
    """The number of queries depends on the types among the items, not on how many there are."""
    by_type: dict[str, list[SubmissionItem]] = defaultdict(list)
    for item in items:
        by_type[item.entry_type].append(item)
    cards = [card for group in by_type.values() for card in _cards_of_type(group, user)]
    reviews = defaultdict(list)
    for review in Review.objects.filter(item__submission=submission).select_related("by"):
        reviews[review.item_id].append(review)
    for card in cards:
        card.reviews = reviews[card.item.pk]
    return sorted(cards, key=lambda card: card.item.pk)


def _cards_of_type(items: list[SubmissionItem], user: User) -> list[Card]:
    rows, lives = _rows(items[0].model, items)
    cards = [Card(item, rows.get(item.entry_id) or lives.get(item.entry_uuid)) for item in items]
    for card in cards:
        if card.entry is not None and not may(user, Act.VIEW, card.entry):
            card.entry = None
    is_open = [card for card in cards if card.is_open]
    for card in is_open:
        if card.is_change:
            card.entry.copy_of = lives[card.item.entry_uuid]
        waits = card.item.state == SubmissionItem.State.WAITING
        card.why_not = why_not_approve(card.item, card.entry, user) if waits else ""
        card.may_publish = not waits and bool(may(user, Act.PUBLISH, card.entry))
        card.notice = withdrawn_meanwhile(card.entry) if card.may_publish else ""
        card.may_return = bool(may(user, Act.REVIEW if waits else Act.PUBLISH, card.entry))
    _tell(items[0].model, is_open, lives, user)
    return cards


def _rows(model: Any, items: list[SubmissionItem]) -> tuple[dict[int, Any], dict[Any, Any]]:
    """The rows that were handed in by key, and the live ones by identity; one query."""
    rows = model._base_manager.filter(uuid__in=[item.entry_uuid for item in items])
    found = list(rows.select_related(*title_relations(model)))
    return {row.pk: row for row in found}, {row.uuid: row for row in found if row.is_live}


def _tell(model: Any, cards: list[Card], lives: dict[Any, Any], user: User) -> None:
    before = [lives[card.item.entry_uuid] for card in cards if card.is_change]
    taken = snapshots([*(card.entry for card in cards), *before])
    names = known_names(named_in(model, taken.values()), user)
    for card in cards:
        now = taken[card.entry.pk]
        old = taken[lives[card.item.entry_uuid].pk] if card.is_change else NOTHING
        card.differences = snapshot_difference(old, now, model, names)
        card.has_changed = digest(now) != card.item.digest
