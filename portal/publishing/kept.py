"""What was made of public content, kept in the process while the content version and the day stand.

The version is read from the database by every request, so what one process committed is seen by all of them at once.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar, cast

from django.utils import timezone

from portal.publishing.models.change import ContentVersion

MOST = 300
T = TypeVar("T")


class Kept:
    """Of one kind of thing, at most so many; what was asked for longest ago goes first."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self.found: OrderedDict[Hashable, Any] = OrderedDict()
        self.lock = Lock()
        everything.append(self)

    def get(self, version: ContentVersion | None, key: Hashable, make: Callable[[], T]) -> T:
        """The thing of a key, made if need be. Without a version it is made each time: a preview shows what is not so yet.

        The version was read before, so a write in between leaves a newer thing under the old version, never the other way round.
        """
        if version is None:
            return make()
        whole = (str(version), timezone.localdate(version.at), key)
        with self.lock:
            if whole in self.found:
                self.found.move_to_end(whole)
                return cast(T, self.found[whole])
        made = make()
        with self.lock:
            self.found[whole] = made
            while len(self.found) > self.most:
                self.found.popitem(last=False)
        return made

    def clear(self) -> None:
        with self.lock:
            self.found.clear()


everything: list[Kept] = []
"""For tests, whose transactions are undone: their versions come again with other content, which those of a site never do."""
