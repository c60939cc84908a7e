"""All rules over the figures given; no query when their indicator and region are loaded."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from regions.figure_audit.finding import Finding
from regions.figure_audit.part_rules import part_findings, whole_findings
from regions.figure_audit.peer_rules import basis_findings, duplicate_findings, group_findings, scope_findings


def audit(figures: Sequence[Any], *, at: datetime | None = None) -> list[Finding]:
    """Every question, in the order of the figures.

    A figure is compared with public ones and with those of its own region only: what another region drafts stays there.
    """
    at = at or timezone.now()
    public = {figure.uuid for figure in figures if figure.is_published(at)}

    def sees(figure: Any, other: Any) -> bool:
        return other.region_id == figure.region_id or other.uuid in public

    found = [
        *_whole_and_parts(figures, sees),
        *duplicate_findings(figures, sees),
        *scope_findings(figures, sees),
        *basis_findings(figures),
        *group_findings(figures, lambda figure: figure.uuid in public),
    ]
    place = {figure.uuid: number for number, figure in enumerate(figures)}
    return sorted(found, key=lambda finding: place[finding.figure.uuid])


def _whole_and_parts(figures: Sequence[Any], sees: Any) -> list[Finding]:
    by_pk = {figure.pk: figure for figure in figures if figure.pk is not None}
    parts: dict[int, list[Any]] = defaultdict(list)
    found: list[Finding] = []
    for figure in figures:
        whole = by_pk.get(figure.part_of_id)
        if whole is None or whole is figure:
            continue
        if sees(figure, whole):
            found += part_findings(figure, whole)
        if sees(whole, figure):
            parts[whole.pk].append(figure)
    for pk, own in parts.items():
        found += whole_findings(by_pk[pk], own)
    return found
