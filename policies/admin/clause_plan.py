"""What pasting a policy's full text does to its clauses: planned first, shown to the editor, then written."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from policies.models import Clause, Policy
from portal.text.clauses import ClauseText, split_clauses
from portal.text.numbers import read_whole

MOST_CLAUSES = 300
"""As many as the rows of the policy's own page."""


class Fate(Enum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    MISSING = "missing"

    @property
    def label(self) -> Any:
        return LABELS[self]


LABELS = {
    Fate.NEW: gettext_lazy("新增"),
    Fate.CHANGED: pgettext_lazy("条款", "修改"),
    Fate.UNCHANGED: gettext_lazy("不变"),
    Fate.MISSING: gettext_lazy("粘贴的文字里没有"),
}


@dataclass(slots=True)
class PlannedClause:
    """`clause` carries the new text; it keeps its key, uid and translations where the number was there already."""

    clause: Clause
    fate: Fate


@dataclass(slots=True)
class Plan:
    """`preamble`: the text before the first clause. `errors` forbid writing, `warnings` do not."""

    rows: list[PlannedClause] = field(default_factory=list)
    preamble: str = ""
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def missing(self) -> list[Clause]:
        return [row.clause for row in self.rows if row.fate is Fate.MISSING]


def plan_clauses(policy: Policy, text: str) -> Plan:
    """Compare a pasted text with the stored clauses by number; three queries. `TextError` as `split_clauses`."""
    pieces = split_clauses(text)
    plan = Plan(preamble=_paragraphs("\n".join(piece.text for piece in pieces if not piece.number)))
    parts = [piece for piece in pieces if piece.number]
    plan.errors = list(_errors(parts))
    if plan.errors:
        return plan
    stored = {clause.number: clause for clause in policy.clauses.all()}
    plan.rows = [_planned(policy, piece, stored.pop(number_of(piece), None)) for piece in parts]
    plan.rows += [PlannedClause(clause, Fate.MISSING) for clause in stored.values()]
    plan.rows.sort(key=lambda row: _order(row.clause.number))
    plan.errors = [sentence for row in plan.rows for sentence in _problems(row)]
    plan.warnings = [*_number_warnings(parts), *_heading_warnings(parts, plan), *_link_warnings(plan.missing)]
    return plan


def write_clauses(plan: Plan, *, removing: bool) -> None:
    """Write the planned clauses in the order of their numbers; the policy's own version is the caller's to claim."""
    position = 0
    for row in plan.rows:
        if row.fate is Fate.MISSING and removing:
            row.clause.delete()
            continue
        position += 1
        is_same = row.fate in {Fate.UNCHANGED, Fate.MISSING} and row.clause.position == position
        row.clause.position = position
        if not is_same:
            row.clause.save()


def number_of(piece: ClauseText) -> str:
    """`3`, or `3-1` for 第三条之一."""
    _label, of, part = piece.label.partition("之")
    return f"{piece.number}-{read_whole(part)}" if of else str(piece.number)


def _paragraphs(text: str) -> str:
    """Each line a paragraph of its own: Markdown would run them together."""
    return "\n\n".join(line.strip() for line in text.split("\n") if line.strip())


def _planned(policy: Policy, piece: ClauseText, known: Clause | None) -> PlannedClause:
    """A chapter's title becomes the clause's heading only where it has none: headings of one's own stay."""
    if known is None:
        clause = Clause(policy=policy, number=number_of(piece), heading=piece.heading, text=piece.text)
        return PlannedClause(clause, Fate.NEW)
    before = (known.heading, known.text)
    known.heading, known.text = known.heading or piece.heading, piece.text
    return PlannedClause(known, Fate.UNCHANGED if (known.heading, known.text) == before else Fate.CHANGED)


def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("-"))


def _errors(parts: list[ClauseText]) -> Iterator[str]:
    if not parts:
        yield _("没有找到条款。条款要从一行的开头写起，例如“第一条 为解决……”。")
    if len(parts) > MOST_CLAUSES:
        yield _("一共 %(count)d 条，最多 %(most)d 条，请核对粘贴的是不是一份文件。") % {"count": len(parts), "most": MOST_CLAUSES}
    for number, count in Counter(map(number_of, parts)).items():
        if count > 1:
            yield _("第 %(number)s 条出现了 %(count)d 次。请改好编号，或删去重复的一条。") % {"number": number, "count": count}


def _problems(row: PlannedClause) -> Iterator[str]:
    if row.fate is Fate.MISSING:
        return
    longest: Any = Clause._meta.get_field("text").max_length  # Django checks it in forms only
    if len(row.clause.text) > longest:
        yield _("第 %(number)s 条有 %(count)d 个字，最多 %(most)d 个字，请核对后面的条款是不是没有分行。") % {
            "number": row.clause.number,
            "count": len(row.clause.text),
            "most": longest,
        }
    try:
        row.clause.full_clean(exclude=["policy", "uid"], validate_unique=False)
    except ValidationError as error:
        for name, sentences in error.message_dict.items():
            label = Clause._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # -- a column, not a relation back
            for sentence in sentences:
                yield _("第 %(number)s 条的%(box)s：%(why)s") % {"number": row.clause.number, "box": label, "why": sentence}


def _number_warnings(parts: list[ClauseText]) -> Iterator[str]:
    numbers = [piece.number for piece in parts]
    gaps = sorted(set(range(1, max(numbers))) - set(numbers))
    if gaps:
        shown = _("、").join(map(str, gaps[:10])) + (_("……") if len(gaps) > 10 else "")
        yield _("编号不连续，缺第 %(numbers)s 条。如果原文就是这样可以继续，否则请核对原文。") % {"numbers": shown}
    keys = [_order(number_of(piece)) for piece in parts]
    if keys != sorted(keys):
        yield _("编号的先后与文字的先后不一致，保存时按编号排列。")


def _heading_warnings(parts: list[ClauseText], plan: Plan) -> Iterator[str]:
    kept = {row.clause.number: row.clause.heading for row in plan.rows}
    for piece in parts:
        if piece.heading and kept[number_of(piece)] == piece.heading:
            yield _("第 %(number)s 条前的“%(heading)s”是章节标题，会写在这一条的条标里。") % {
                "number": number_of(piece),
                "heading": piece.heading,
            }
        elif piece.heading:
            yield _("第 %(number)s 条前的章节标题“%(heading)s”不写入：这一条已有条标。") % {
                "number": number_of(piece),
                "heading": piece.heading,
            }


def _link_warnings(missing: Iterable[Clause]) -> Iterator[str]:
    rows = Clause.objects.filter(pk__in=[clause.pk for clause in missing], benefits__isnull=False)
    for number, name in rows.order_by("position", "benefits__pk").values_list("number", "benefits__name"):
        yield _("待遇“%(name)s”写在第 %(number)s 条，删去这一条后它就不再指向条款。") % {"name": name, "number": number}


def summary_of(plan: Plan, *, removing: bool) -> str:
    """What was done, in a sentence."""
    counts = Counter(row.fate for row in plan.rows)
    gone = counts[Fate.MISSING] if removing else 0
    sentence = ngettext("共 %(count)d 条", "共 %(count)d 条", len(plan.rows) - gone) % {"count": len(plan.rows) - gone}
    return _("条款已保存：%(all)s，新增 %(new)d，修改 %(changed)d，不变 %(same)d，删去 %(gone)d。") % {
        "all": sentence,
        "new": counts[Fate.NEW],
        "changed": counts[Fate.CHANGED],
        "same": counts[Fate.UNCHANGED] + (0 if removing else counts[Fate.MISSING]),
        "gone": gone,
    }
