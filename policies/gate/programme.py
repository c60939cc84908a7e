from collections.abc import Iterator

from django.utils.translation import gettext as _

from policies.models import Programme
from portal.publishing.gate import Problem, Whole, rule


@rule(Programme)
def programme_ends_after_it_starts(whole: Whole) -> Iterator[Problem]:
    """An end does not lie before the start."""
    starts, ends = whole.entry.starts, whole.entry.ends
    if starts and ends and ends.last < starts.first:
        yield Problem(_("结束日期早于开始日期，请核对。"), "ends")
