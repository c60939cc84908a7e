"""Reading the figures that a question may be about: one query each."""

from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from portal.publishing.models import State, in_public_state
from portal.publishing.rights import sees_everything
from portal.publishing.scope import visible
from regions.figure_audit.audit import audit
from regions.figure_audit.finding import Finding, answers
from regions.models import Figure

NOTES = frozenset({"scope_note", "discrepancy_note"})
"""The public notes that answer a question."""
MOST_AROUND, MOST = 2_000, 20_000
"""Beyond so many figures the newest are looked at; the page says so."""


def findings_about(figure: Figure) -> list[Finding]:
    """The questions that concern a figure as it is in hand, stored or not; one query, its indicator and region loaded."""
    if figure.state == State.WITHDRAWN:
        return []
    around = [one for one in _around(figure).order_by("-pk")[:MOST_AROUND] if one.pk not in {figure.pk, figure.copy_of_id}]
    return [finding for finding in audit([*around[::-1], figure]) if finding.concerns(figure)]


def findings_in_scope(user: Any) -> tuple[list[Finding], bool]:
    """The questions about figures the user sees, and whether all figures were looked at; one query besides the user's roles."""
    rows = _rows()
    if not sees_everything(user):
        mine = visible(Figure, user)
        is_mine = Case(When(mine, then=Value(value=True)), default=Value(value=False), output_field=BooleanField())
        rows = rows.filter(mine | in_public_state()).annotate(is_mine=is_mine)
    newest = list(rows.order_by("-pk")[: MOST + 1])
    found = audit(newest[:MOST][::-1])
    return [finding for finding in found if getattr(finding.figure, "is_mine", True)], len(newest) <= MOST


def let_notes_answer(figures: Iterable[Figure]) -> list[Figure]:
    """Take the notes of stored figures as written in view of all that is to ask of them, as when they came in together.

    One query. Sets `answered` on the figures in hand and returns those on which it changed: they are to be saved.
    """
    chosen = {figure.pk: figure for figure in figures}
    found: dict[int, list[Finding]] = {}
    for finding in audit(list(_rows().order_by("pk"))) if chosen else []:
        if finding.figure.pk in chosen:
            found.setdefault(finding.figure.pk, []).append(finding)
    settled = {pk: answers(findings, NOTES) for pk, findings in found.items()}
    changed = [chosen[pk] for pk, answered in settled.items() if answered and answered != chosen[pk].answered]
    for figure in changed:
        figure.answered = settled[figure.pk]
    return changed


def _around(figure: Figure) -> QuerySet[Any]:
    own = figure.copy_of_id or figure.pk
    near = Q(indicator=figure.indicator_id) | Q(part_of=own) if own else Q(indicator=figure.indicator_id)
    if figure.part_of_id:
        near |= Q(pk=figure.part_of_id) | Q(part_of=figure.part_of_id)
    if group := figure.indicator.comparable_group:
        near |= Q(indicator__comparable_group=group)
    return _rows().filter(near).filter(in_public_state() | Q(region=figure.region_id))


def _rows() -> Any:
    rows = Figure._base_manager.filter(copy_of__isnull=True).exclude(state=State.WITHDRAWN)
    return rows.select_related("indicator", "region")
