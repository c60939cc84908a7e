"""The place up to which somebody has read the changes."""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import DateTimeField, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from portal.lists.keyset import LARGEST_INTEGER
from portal.lists.parameters import ParameterError
from portal.publishing.models import Change

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class ChangeCursor:
    """All rows up to (`at`, `seq`) with a number up to `head` have been read, by somebody who began after `pruned` was removed.

    A row committed later may lie before the place, when its writer looked at the clock first: its number is above `head`.
    """

    at: datetime = BEGINNING
    seq: int = 0
    head: int = 0
    pruned: int = 0

    def unread(self) -> Q:
        """Condition on changes, with a plain bound on the moment so that the index is entered at the right place."""
        late = Change.objects.filter(seq__gt=self.head, effective_at__lt=self.at).order_by("effective_at")
        start = Coalesce(Subquery(late.values("effective_at")[:1]), Value(self.at), output_field=DateTimeField())
        ahead = Q(effective_at__gt=self.at) | Q(effective_at=self.at, seq__gt=self.seq)
        return Q(effective_at__gte=start) & (ahead | Q(seq__gt=self.head))

    def write(self, filters: str) -> str:
        micros = (self.at - BEGINNING) // MICROSECOND
        text = json.dumps([_seal(filters), micros, self.seq, self.head, self.pruned], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def read_change_cursor(token: str, filters: str) -> ChangeCursor:
    """Read a token of these filters; ParameterError for another."""
    bad = ParameterError("cursor", _("位置 cursor 无法识别，请用接口给出的原值，或不写它从头读起。"))
    try:
        content = json.loads(base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True))
        seal, *numbers = content
        micros, seq, head, pruned = numbers
        if any(type(number) is not int or not 0 <= number < LARGEST_INTEGER for number in numbers):
            raise bad
        at = BEGINNING + micros * MICROSECOND
    except (binascii.Error, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise bad from error
    if seal != _seal(filters):
        raise ParameterError("cursor", _("位置 cursor 属于另一种筛选，请用这种筛选自己的 cursor，或不写它从头读起。"))
    return ChangeCursor(at, seq, head, pruned)


def _seal(filters: str) -> str:
    return hashlib.blake2s(f"changes\n{filters}".encode(), digest_size=6).hexdigest()
