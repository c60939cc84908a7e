"""Questions about figures of one indicator, or of one group of indicators that may be compared."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from portal.text.units import same_unit
from portal.web.templatetags.numbers import amount_text
from portal.web.templatetags.texts import page_language
from regions.figure_audit.finding import Finding, key_of

Sees = Callable[[Any, Any], bool]
"""Whether the editors of one figure may know of another: it is public, or of the same region."""


def duplicate_findings(figures: Iterable[Any], sees: Sees) -> Iterator[Finding]:
    """Asked of the later of two figures that say the same thing of the same place, time and scope."""
    first: dict[Any, list[Any]] = defaultdict(list)
    for figure in sorted(figures, key=_age):
        if figure.as_of is None:
            continue
        earlier = [one for one in first[_identity(figure)] if sees(figure, one)]
        first[_identity(figure)].append(figure)
        if earlier:
            question = _(
                "同一地区、同一指标、同一时点、同一口径已经有一个数 %(other)s，这里是 %(own)s：是重复录入，还是口径不同？"
            )
            words = {"other": amount_text(earlier[0]), "own": amount_text(figure)}
            key = key_of("duplicate", (earlier[0].uuid, earlier[0].value.normalize(), figure.value.normalize()))
            yield Finding("duplicate", key, question % words, figure, tuple(earlier), "discrepancy_note")


def _identity(figure: Any) -> Any:
    scope = (figure.organisation_id, figure.scope_note, figure.rank_among_id, figure.kind, figure.stage)
    period = (figure.period_from, figure.period_until, figure.period_text)
    return figure.indicator_id, figure.region_id, figure.as_of_from, figure.as_of_until, figure.part_of_id, *scope, *period


def scope_findings(figures: Iterable[Any], sees: Sees) -> Iterator[Finding]:
    """Asked of a figure that says nothing of its scope where another of the same indicator does."""
    by_indicator: dict[int, list[Any]] = defaultdict(list)
    for figure in figures:
        by_indicator[figure.indicator_id].append(figure)
    for group in by_indicator.values():
        scoped = sorted((figure for figure in group if has_scope(figure)), key=_age)
        for figure in group:
            model = next((one for one in scoped if sees(figure, one)), None)
            if model is not None and not has_scope(figure):
                question = _("同一指标的另一个数 %(other)s 写明了口径，这个数没有：它包含什么、不含什么，属于哪个单位？")
                key = key_of("scope", (figure.uuid,))
                yield Finding("scope", key, question % {"other": amount_text(model)}, figure, (model,), "scope_note")


def has_scope(figure: Any) -> bool:
    return bool(figure.scope_note or figure.organisation_id)


def basis_findings(figures: Iterable[Any]) -> Iterator[Finding]:
    for figure in figures:
        if figure.as_of is not None and not figure.as_of_basis:
            question = _("没有写时点依据：时点是来源写明的、取期末的，还是推断的？")
            yield Finding("basis", key_of("basis", (figure.uuid,)), question, figure, (), "")


def group_findings(figures: Iterable[Any], is_public: Callable[[Any], bool]) -> Iterator[Finding]:
    """Asked of a figure that differs in unit, measure or stage from most public ones of its comparable group."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for figure in figures:
        if figure.indicator.comparable_group:
            groups[figure.indicator.comparable_group].append(figure)
    for group in groups.values():
        public = sorted((figure for figure in group if is_public(figure)), key=_age)
        if public:
            usual = Counter(_terms(figure) for figure in public).most_common(1)[0][0]
            model = next(figure for figure in public if _terms(figure) == usual)
            yield from (_group_finding(figure, model) for figure in group if _terms(figure) != usual)


def _terms(figure: Any) -> tuple[str, str, str]:
    unit = figure.indicator.unit
    return "人" if same_unit(unit, "人") else unit, figure.indicator.measure, figure.stage


def _group_finding(figure: Any, model: Any) -> Finding:
    question = _("可比组“%(group)s”里的数多是“%(usual)s”，这个数是“%(own)s”：它们真的可以比较吗？")
    words = {"group": figure.indicator.comparable_group, "usual": _terms_text(model), "own": _terms_text(figure)}
    key = key_of("group", (figure.uuid, words["group"], *_terms(figure), *_terms(model)))
    return Finding("group", key, question % words, figure, (model,), "discrepancy_note")


def _terms_text(figure: Any) -> str:
    stage = figure.get_stage_display() if figure.stage else ""
    words = (figure.indicator.unit, figure.indicator.get_measure_display(), stage)
    return (", " if page_language() == "en" else "、").join(str(word) for word in words if word)


def _age(figure: Any) -> tuple[bool, int]:
    """Oldest first; a figure not stored yet is the newest."""
    return figure.pk is None, figure.pk or 0
