from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from portal.publishing.gate.finding import Finding, Problem
from portal.publishing.gate.places import Place, form_of
from portal.publishing.gate.rules import rules_of
from portal.publishing.gate.whole import RowSet, Whole
from portal.publishing.models import Publishable


def findings(
    entry: Publishable, *, also_public: Collection[UUID] = (), read: Mapping[str, list[Any]] | None = None
) -> list[Finding]:
    """What is missing or wrong before the entry may be published, in the order of its form; empty: nothing.

    Reads each set of rows once, but those that are `read`, by the name of the set. `also_public` are the entries (uuid)
    that become public together with this one.
    """
    whole = Whole(entry, also_public=also_public, read=read)
    found: list[tuple[Place, Finding]] = []
    for one in rules_of(type(entry)):
        found += [_placed(whole, one.name, problem) for problem in one.ask(whole)]
    return [finding for _place, finding in sorted(found, key=lambda pair: pair[0].order)]


def _placed(whole: Whole, rule: str, problem: Problem) -> tuple[Place, Finding]:
    rows, number = _row_of(whole, problem.row)
    place = form_of(whole.entry.__class__).place(problem, rows, number)
    label = _row_label(rows, number, problem.row) if rows else ""
    return place, Finding(rule, problem.field, place.anchor, problem.sentence, label)


def _row_of(whole: Whole, row: Any) -> tuple[RowSet | None, int]:
    if row is None:
        return None, 0
    return next((rows, number) for rows, number, one in whole.all_rows() if one is row)


def _row_label(rows: RowSet, number: int, row: Any) -> str:
    """Costs no query: a row is named by its own columns only."""
    kind = rows.model._meta.verbose_name
    name = next((text for column in ("name", "title", "number", "code") if (text := getattr(row, column, ""))), "")
    if name:
        return _("%(kind)s“%(name)s”") % {"kind": kind, "name": name}
    return _("%(kind)s第 %(number)d 行") % {"kind": kind, "number": number + 1}
