from collections.abc import Iterator

from django.utils.translation import gettext as _

from portal.publishing.gate import Problem, Whole, rule
from regions.models import Event


@rule(Event)
def event_ends_after_it_starts(whole: Whole) -> Iterator[Problem]:
    """An end has a start and does not lie before it."""
    starts, ends = whole.entry.starts, whole.entry.ends
    if ends and not starts:
        yield Problem(_("写了结束日期，也要写开始日期。"), "starts")
    elif ends and ends.last < starts.first:
        yield Problem(_("结束日期早于开始日期，请核对。"), "ends")
