"""Documents of the kind the portal holds, made up; the same number and seed give the same documents on any day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random

from portal.search.document import Document, Force

from .stock import (
    AGENCIES,
    CODES,
    DISTRICTS,
    FILL,
    GENRES,
    SENTENCES,
    TOPICS,
    TOWN_FIRST,
    TOWN_KINDS,
    TOWN_SECOND,
)  # fmt: skip

SEED = 20260301
NOW = datetime(2026, 3, 1, 4, tzinfo=UTC)
FOREVER = datetime(9999, 12, 31, tzinfo=UTC)
KIND, PLACE = "bench.policy", "bench.region"
BODY_LENGTH = 720


@dataclass(frozen=True, slots=True)
class Made:
    """A document and what it was made of, by which answers are judged."""

    document: Document
    region: str
    topic: str
    number: tuple[str, int, int] | None


def places() -> list[Document]:
    """The districts and towns, as documents others are found by."""
    return [
        Document(
            kind=PLACE, object_id=key, title=name, keys=name.rstrip("区县"), body="", visible_from=NOW, visible_until=FOREVER,
            region=key, gives_name=True,
        )
        for key, name in enumerate(_regions(), start=1)
    ]  # fmt: skip


def documents(count: int) -> Iterator[Made]:
    """`count` policies over all places and topics; every title is another."""
    random = Random(SEED)
    regions, taken = _regions(), set[str]()
    for key in range(1, count + 1):
        yield _document(random, key, regions, taken)


def _regions() -> list[str]:
    towns = [f"{a}{b}{kind}" for kind in TOWN_KINDS for a in TOWN_FIRST for b in TOWN_SECOND]
    return [*DISTRICTS, *towns]


def _document(random: Random, key: int, regions: list[str], taken: set[str]) -> Made:
    while True:
        region = random.choice(DISTRICTS) if random.random() < 0.3 else random.choice(regions)
        topic, genre, year = random.choice(list(TOPICS)), random.choice(GENRES), random.randint(2012, 2026)
        title = f"{region}{topic}{genre}"
        if title in taken:
            title = f"{title}（{year}年修订）"
        if title not in taken:
            break
    taken.add(title)
    number = (f"{region[:2]}{random.choice(CODES)}", year, key % 99_999 + 1) if random.random() < 0.6 else None
    place = regions.index(region) + 1
    document = Document(
        kind=KIND,
        object_id=key,
        title=title if random.random() < 0.8 else f"关于印发《{title}》的通知",
        keys="\n".join(
            filter(None, [f"{number[0]}〔{year}〕{number[2]}号" if number else "", f"{TOPICS[topic].title()} No. {key}"])
        ),
        body=_body(random, region, topic),
        visible_from=NOW,
        visible_until=FOREVER,
        region=place,
        names=(f"{PLACE}-{place}",),
        published_on=date(year, random.randint(1, 12) if year < 2026 else 1, random.randint(1, 28)),
        force=_force(random, year),
    )
    return Made(document, region, topic, number)


def _force(random: Random, year: int) -> Force:
    is_over = random.random() < 0.2
    return Force(date(year, 1, 1), date(2025, 12, 31) if is_over else date.max, "not_yet", "in_force", "expired")


def _body(random: Random, region: str, topic: str) -> str:
    parts: list[str] = []
    length = 0
    while length < BODY_LENGTH:
        sentence = random.choice(SENTENCES).format(
            r=region, t=topic, a=random.choice(AGENCIES), n=random.randint(2, 90) * 100, m=random.randint(2, 36),
            p=random.randint(40_000_000, 79_999_999), s="".join(random.sample(FILL, 2)),
        )  # fmt: skip
        parts.append(sentence)
        length += len(sentence)
    return "".join(parts)
