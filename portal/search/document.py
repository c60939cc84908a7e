"""What a content type hands to the index: plain words and dates, nothing of entries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from portal.search.segmenting import words_of
from portal.text.bigrams import bigrams
from portal.text.document_number import mentioned_numbers
from portal.text.normal_form import normal_form
from portal.text.pinyin import readings

TOKENIZER = 1
"""Raise it whenever the same words would give other rows or tokens: the index is then rebuilt by itself."""
MAX_TOKENS = 100_000
"""Of one document; PostgreSQL takes no more than a megabyte of them. No text of this language reaches it."""
READING, NUMBER, NAMED, REFERENCE = "§p", "§n", "§t", "§r"
"""Tokens that no text contains: how a title sounds, a document number, a title others are found by, and such an other."""
EVER = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Force:
    """The status on a day: `before` until `start`, `during` up to and including `end`, `after` from then on; "" is none."""

    start: date = date.min
    end: date = date.max
    before: str = ""
    during: str = ""
    after: str = ""


@dataclass(frozen=True)
class Document:
    """A thing to be found. `kind` and `object_id` tell it from every other.

    `names`: keys (`kind-object_id`) of documents whose titles find this one too, for as long as they are public themselves;
    `gives_name` says that this is such a document. `region` and `topics` are whatever numbers the filters use.
    """

    kind: str
    object_id: int
    title: str
    keys: str
    body: str
    visible_from: datetime
    visible_until: datetime
    region: int = 0
    applies_below: bool = False
    topics: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    gives_name: bool = False
    published_on: date = date.min
    force: Force = Force()

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.object_id}"


@dataclass(frozen=True)
class Words:
    """A document in normal form, as it is stored, and the tokens that follow from it."""

    label: str
    title: str
    keys: str
    readings: str
    names: str
    body: str

    @classmethod
    def of(cls, document: Document) -> "Words":
        title = normal_form(document.title)
        sounds = " ".join(readings(words_of(title)))
        names = "".join(f" {REFERENCE}{one}" for one in (document.key, *sorted(document.names)))
        return cls(
            label=document.title,
            title=title,
            keys=normal_form(document.keys),
            readings=f" {sounds} " if sounds else "",
            names=f"{names} {NAMED} " if document.gives_name else f"{names} ",
            body=normal_form(document.body),
        )

    @cached_property
    def title_tokens(self) -> list[str]:
        return _limited(bigrams(self.title))

    @cached_property
    def key_tokens(self) -> list[str]:
        found = bigrams(self.keys) | {f"{READING}{one}" for one in self.readings.split()}
        found |= number_tokens(f"{self.title} {self.keys}")
        found |= {one for one in self.names.split() if one != NAMED}
        if NAMED in self.names.split():
            found |= {f"{NAMED}{one}" for one in bigrams(f"{self.title} {self.keys}")}
        return _limited(found)

    @cached_property
    def body_tokens(self) -> list[str]:
        return _limited(bigrams(self.body) | set(self.title_tokens) | set(self.key_tokens))


def number_tokens(text: str) -> set[str]:
    return {number_token(*one) for one in mentioned_numbers(text)} | {
        number_token("", year, seq) for _code, year, seq in mentioned_numbers(text)
    }


def number_token(code: str, year: int, seq: int) -> str:
    return f"{NUMBER}{code}{year}x{seq}"


def _limited(tokens: Iterable[str]) -> list[str]:
    return sorted(tokens)[:MAX_TOKENS]
