from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from policies.models import Programme
from portal.web.templatetags.states import State
from portal.web.templatetags.texts import public, when


def programme_state(programme: Programme, today: date | None = None) -> State | None:
    """Whether a programme still runs, as far as is known; nothing to say of one that was verified. Needs the source loaded."""
    today = today or timezone.localdate()
    if programme.ends and programme.ends.last < today:
        words = _("%(day)s已结束") % {"day": when(programme.ends)}
        return State(words, "end", words)
    if programme.starts and programme.starts.first > today:
        words = _("%(day)s开始") % {"day": when(programme.starts)}
        return State(words, "wait", words)
    if programme.last_verified_on:
        return None
    source = public(programme.source)
    if source and source.issued:
        return State(_("%(year)d 年报道时实施，现状未核实") % {"year": source.issued.first.year}, "wait", _("现状未核实"))
    words = _("来源没有说明现在是否还在实施")
    return State(words, "wait", words)
