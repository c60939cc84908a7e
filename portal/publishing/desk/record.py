"""The record sheet: every step of an entry's way, as it is printed and filed."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.publishing.audit import actor_name
from portal.publishing.desk.branch import title_relations
from portal.publishing.models import Edition, Review, SubmissionItem
from portal.publishing.rights import READERS, owner_key, sees_everything
from portal.publishing.scope import visible_to
from portal.staff.models import User
from portal.staff.roles import holds
from portal.text.csv_lines import Cell

DIGEST_SHOWN = 12
MAKING_EDITIONS = frozenset({Review.Verdict.PUBLISHED, Review.Verdict.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Line:
    review: Review
    edition: int | None
    """The number of the edition that this step made."""

    @property
    def at(self) -> str:
        return timezone.localtime(self.review.at).strftime("%Y-%m-%d %H:%M:%S")

    @property
    def step(self) -> str:
        return _("第 %(step)d 级") % {"step": self.review.step} if self.review.step else ""

    @property
    def person(self) -> str:
        return actor_name(self.review.by)

    @property
    def digest(self) -> str:
        return self.review.digest[:DIGEST_SHOWN]


@dataclass(frozen=True, slots=True)
class Sheet:
    entry_type: str
    uuid: UUID
    type_name: str
    title: str
    region: str
    document_number: str
    editions: list[int]
    lines: list[Line]

    def cells(self) -> Iterator[list[Cell]]:
        """In the order of `header`."""
        for line in self.lines:
            review = line.review
            yield [
                self.type_name, self.title, self.region, self.document_number, line.at, line.step,
                str(review.get_verdict_display()), line.person, review.opinion, review.override, line.edition, review.digest,
                str(self.uuid),
            ]  # fmt: skip


def header() -> list[str]:
    return [
        _("类型"), _("标题"), _("地区"), _("文号"), _("北京时间"), _("审核级次"), _("结论"), _("人员"), _("意见"),
        _("放行理由"), _("版次"), _("文字摘要值"), _("标识"),
    ]  # fmt: skip


def sheets_of(model: Any, uuids: Collection[UUID], user: User, *, items: Collection[int] | None = None) -> list[Sheet]:
    """Of entries of one type, as far as the user may see them; four queries besides their roles. `items`: only these items' steps.

    Who reads a region reads every step there, a contributor those of what they wrote. Of a deleted entry the steps are
    left, for those who read everything.
    """
    rows = _rows(model, uuids, user)
    reviews = Review.objects.filter(entry_type=model.type_label(), entry_uuid__in=uuids).select_related("by", "item__region")
    if items is not None:
        reviews = reviews.filter(item__in=items)
    own = set(SubmissionItem.objects.written_by(user.pk).filter(entry_uuid__in=uuids).values_list("pk", flat=True))
    editions, steps = _editions(model, uuids), defaultdict(list)
    for review in reviews:
        row = rows.get(review.entry_uuid)
        is_read = sees_everything(user) or (row is not None and holds(user, READERS, owner_key(row)))
        if is_read or review.item_id in own:
            steps[review.entry_uuid].append(_line(review, editions[review.entry_uuid]))
    found = (_sheet(model, uuid, rows.get(uuid), steps[uuid]) for uuid in dict.fromkeys(uuids))
    return [sheet for sheet in found if sheet is not None and (sheet.uuid in rows or sees_everything(user))]


def _rows(model: Any, uuids: Collection[UUID], user: User) -> dict[UUID, Any]:
    """The live rows, or working copies where only those may be seen."""
    rows = visible_to(model._base_manager.filter(uuid__in=uuids), user).select_related(*title_relations(model))
    return {row.uuid: row for row in sorted(rows, key=lambda row: row.is_live)}


def _editions(model: Any, uuids: Collection[UUID]) -> dict[UUID, list[tuple[Any, int]]]:
    found: dict[UUID, list[tuple[Any, int]]] = defaultdict(list)
    rows = Edition.objects.filter(entry_type=model.type_label(), entry_uuid__in=uuids).numbered().order_by("number")
    for uuid, at, number in rows.values_list("entry_uuid", "created_at", "number"):
        found[uuid].append((at, number))
    return found


def _line(review: Review, editions: list[tuple[Any, int]]) -> Line:
    """The edition of a publication was written in its transaction, just before the step."""
    place = bisect_right(editions, (review.at, len(editions) + 1))
    makes = review.verdict in MAKING_EDITIONS and place > 0
    return Line(review, editions[place - 1][1] if makes else None)


def _sheet(model: Any, uuid: UUID, row: Any, lines: list[Line]) -> Sheet | None:
    label, name = model.type_label(), str(model._meta.verbose_name)
    numbers = [line.edition for line in lines if line.edition is not None]
    if row is not None:
        document_number = str(getattr(row, "document_number", None) or "")
        return Sheet(label, uuid, name, str(row), str(row.region), document_number, numbers, lines)
    item = next((line.review.item for line in reversed(lines) if line.review.item is not None), None)
    return Sheet(label, uuid, name, item.title, str(item.region), "", numbers, lines) if item is not None else None
