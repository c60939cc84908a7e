"""Links to programmes, events and stories that say in a line what they are, read in the same one query as all other links of a page."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, QuerySet, Value

from policies.models import Programme
from portal.pages.joined import joined, parted
from portal.publishing.models import LocalText
from portal.text.partial_date import PartialDate, Precision, partial_date
from regions.links import link_rows
from regions.models import Event, Organisation
from regions.page_links import PageLink

COLUMNS = (
    "kind", "level", "starts_from", "starts_precision", "ends_from", "ends_precision", "note", "note_en", "line", "line_en",
)  # fmt: skip
ALIASES: dict[str, dict[str, str]] = {
    "programmes": {"level": "level", "line": "summary", "line_en": "summary_en"},
    "events": {"note": "place", "note_en": "place_en", "line": "summary", "line_en": "summary_en"},
    "stories": {"note": "kicker", "note_en": "kicker_en", "line": "subhead", "line_en": "subhead_en"},
}
"""Kind of link → what it has under another name. What a kind has not is empty."""
DATED = ("kind", "starts_from", "starts_precision", "ends_from", "ends_precision")
NAMES = {"programmes": "name", "events": "name", "stories": "headline"}
SENTENCE = re.compile(r".+?(?:[。！？]|[.!?](?=\s)|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ShortLink:
    """`kind` is a label, empty for a story; `line` the first sentence of what the entry is about."""

    link: PageLink
    kind: str
    level: str
    starts: PartialDate | None
    ends: PartialDate | None
    note: LocalText
    line: LocalText

    @property
    def url(self) -> str:
        return self.link.url

    def local(self, name: str, language: str) -> LocalText:
        return self.link.local(name, language)


def short_rows(kind: str, rows: QuerySet[Any], owner: str) -> QuerySet[Any]:
    """A branch for `read_links` of "programmes", "events" or "stories", with in `more` what `read_shorts` reads."""
    paths = ALIASES[kind] | ({} if kind == "stories" else dict(zip(DATED, DATED, strict=True)))
    columns = [paths.get(column, Value("", CharField())) for column in COLUMNS]
    name = NAMES[kind]
    return link_rows(
        kind, rows.annotate(words=joined(*columns)), owner=owner, slug="slug", name=name, name_en=f"{name}_en", more="words"
    )


def read_shorts(links: Iterable[PageLink], language: str) -> list[ShortLink]:
    """The latest first, those without a day last and by name; texts in the language of the page."""
    found = [_read(link, language) for link in links]
    return sorted(found, key=lambda one: one.starts.first if one.starts else date.min, reverse=True)


def first_sentence(text: str) -> str:
    """What a line can say of a text; nothing where the sentence names a figure, whose number only the whole text may tell."""
    found = SENTENCE.match(text.strip())
    return "" if found is None or "{{" in found[0] else found[0]


def _read(link: PageLink, language: str) -> ShortLink:
    parts = dict(zip(COLUMNS, parted(link.more), strict=True))
    return ShortLink(
        link,
        _kind(link.link.kind, parts["kind"]),
        str(Organisation.Tier(parts["level"]).label) if parts["level"] else "",
        _day(parts["starts_from"], parts["starts_precision"]),
        _day(parts["ends_from"], parts["ends_precision"]),
        _local(parts["note"], parts["note_en"], language),
        _local(first_sentence(parts["line"]), first_sentence(parts["line_en"]), language),
    )


def _kind(of: str, value: str) -> str:
    if not value:
        return ""
    return str(Event.Kind(value).label if of == "events" else Programme.Kind(value).label)


def _day(first: str, precision: str) -> PartialDate | None:
    return partial_date(date.fromisoformat(first[:10]), Precision(precision)) if first else None


def _local(chinese: str, english: str, language: str) -> LocalText:
    return LocalText(english, "en") if language == "en" and english else LocalText(chinese, "zh-Hans")
