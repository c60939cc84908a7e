"""The public life of each seeded entry: of every hundred, six are not on show."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from portal.publishing.models import FOREVER, Change, State

FIRST = datetime(2016, 1, 1, tzinfo=UTC)
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
"""Everything seeded happened before it, except what is scheduled."""
FAR_OFF = datetime(2900, 1, 1, tzinfo=UTC)
SHOWN_FOR = timedelta(days=300)
WITHDRAWN_AFTER = timedelta(days=100)
SECONDS = int((MOMENT - SHOWN_FOR - FIRST).total_seconds())

HIDDEN = {7: "draft", 23: "draft", 41: "scheduled", 59: "expired", 71: "withdrawn", 83: "review"}
"""Place in its hundred → why an entry is not on show."""


@dataclass(frozen=True, slots=True)
class Life:
    at: datetime
    state: State = State.PUBLISHED
    visible_from: datetime = FIRST
    visible_until: datetime = FOREVER

    @property
    def is_withdrawn(self) -> bool:
        return self.state == State.WITHDRAWN

    @property
    def announced(self) -> list[list[tuple[str, datetime]]]:
        """What readers were told, by act of publishing."""
        if self.state not in {State.PUBLISHED, State.WITHDRAWN}:
            return []
        first = [(Change.Kind.PUBLISHED.value, max(self.at, self.visible_from))]
        if self.visible_until < FOREVER:
            first.append((Change.Kind.EXPIRED.value, self.visible_until))
        if self.is_withdrawn:
            return [first, [(Change.Kind.WITHDRAWN.value, self.at + WITHDRAWN_AFTER)]]
        return [first]


def life(number: int, rng: Random) -> Life:
    at = moment(rng)
    match HIDDEN.get(number % 100):
        case "draft":
            return Life(at, State.DRAFT, at)
        case "review":
            return Life(at, State.REVIEW, at)
        case "scheduled":
            return Life(at, State.PUBLISHED, FAR_OFF)
        case "expired":
            return Life(at, State.PUBLISHED, at, at + SHOWN_FOR)
        case "withdrawn":
            return Life(at, State.WITHDRAWN, at)
    return Life(at, State.PUBLISHED, at)


def moment(rng: Random) -> datetime:
    return FIRST + timedelta(seconds=rng.randrange(SECONDS))


def on_show(count: int) -> int:
    """How many of the first `count` entries of a kind readers see."""
    whole, rest = divmod(count, 100)
    return count - whole * len(HIDDEN) - sum(place < rest for place in HIDDEN)
