from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.publishing.gate import Problem, Whole, rule
from regions.models import Figure, Indicator


@rule(Figure)
def figure_has_date_basis_and_source(whole: Whole) -> Iterator[Problem]:
    """A figure says as of when, how that is known (inferred: why) and where it is from."""
    figure = whole.entry
    if figure.as_of is None:
        yield Problem(_("还没有写截至时间：读者要知道这是什么时候的数。"), "as_of")
    if not figure.as_of_basis:
        yield Problem(_("还没有选时点依据：时点是来源写明的、取期末的，还是推断的。"), "as_of_basis")
    if figure.as_of_basis == Figure.Basis.INFERRED and not figure.as_of_note.strip():
        yield Problem(_("时点是推断的，请写明推断的理由。"), "as_of_note")
    if figure.source_id is None:
        yield Problem(_("还没有选来源：读者要知道这个数从哪里来。"), "source")


@rule(Figure)
def figure_has_unit(whole: Whole) -> Iterator[Problem]:
    """The indicator says the unit; one query for the indicator unless loaded."""
    if not whole.entry.indicator.unit.strip():
        yield Problem(_("指标“%(name)s”还没有写单位，请先到指标里补上。") % {"name": whole.entry.indicator.name}, "indicator")


@rule(Figure)
def indicator_is_public(whole: Whole) -> Iterator[Problem]:
    """The indicator is public, or becomes so in the same submission: without it the figure is not shown."""
    indicator = whole.entry.indicator
    if not indicator.is_published() and indicator.uuid not in whole.also_public:
        yield Problem(
            _("指标“%(name)s”还没有公开，数据就不会显示；请先发布指标，或与它一起提交。") % {"name": indicator.name}, "indicator"
        )


@rule(Figure)
def actual_figure_is_not_of_the_future(whole: Whole) -> Iterator[Problem]:
    """What is said to be reached already is not as of a day to come."""
    figure = whole.entry
    if figure.kind == Figure.Kind.ACTUAL and figure.as_of and figure.as_of.first > timezone.localdate():
        yield Problem(_("截至时间还没有到，性质却是“实际”。请核对时间，或把性质改成“目标”“计划”。"), "as_of")


@rule(Figure)
def rank_says_among_whom(whole: Whole) -> Iterator[Problem]:
    """A rank names the group it is a rank in."""
    if whole.entry.indicator.measure == Indicator.Measure.RANK and whole.entry.rank_among_id is None:
        yield Problem(_("位次必须写明在哪个范围内比较，例如“渝东南武陵山区城镇群”。"), "rank_among")


@rule(Figure)
def figure_period_is_in_order(whole: Whole) -> Iterator[Problem]:
    """A period does not end before it begins."""
    begins, ends = whole.entry.period_from, whole.entry.period_until
    if begins and ends and ends < begins:
        yield Problem(_("期间止不能早于期间起。"), "period_until")
