from collections.abc import Iterator

from django.utils.translation import gettext as _

from portal.publishing.gate import Problem, Whole, rule
from portal.publishing.models import Publishable
from regions.models import Figure, TellsFigures
from regions.models.figure_mention import PLACEHOLDER, named_figures


@rule(TellsFigures)
def named_figures_are_public(whole: Whole) -> Iterator[Problem]:
    """Every `{{figure:slug}}` names a figure that is public with its indicator, or becomes so in the same submission."""
    called = {name: sorted(set(PLACEHOLDER.findall(getattr(whole.entry, name)))) for name in whole.entry.telling_names()}
    known = named_figures(sorted({slug for slugs in called.values() for slug in slugs}))
    for name, slugs in called.items():
        for slug in slugs:
            if slug not in known:
                yield Problem(_("没有网址名为“%(slug)s”的数据，请核对。") % {"slug": slug}, name)
            elif not _is_shown(whole, known[slug]):
                sentence = _("数据“%(slug)s”还没有公开，读者看不到；请先发布它，与它一起提交，或改用别的数据。")
                yield Problem(sentence % {"slug": slug}, name)


def _is_shown(whole: Whole, figure: Figure) -> bool:
    """The figure and the indicator that gives it name and unit: each is public by itself or becomes so."""
    both: tuple[Publishable, ...] = (figure, figure.indicator)
    return all(one.uuid in whole.also_public or Publishable.is_published(one) for one in both)
