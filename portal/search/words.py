"""A query in words: what is typed, what else it may be called, and which words carry no meaning of their own."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from portal.search.document import NAMED, READING, REFERENCE, number_token
from portal.search.expression import Expression, every, some
from portal.search.segmenting import words_of
from portal.search.stop_words import EMPTY, STOP_WORDS, VAGUE, VERBS
from portal.search.synonyms import Synonyms
from portal.text.bigrams import asked_bigrams, asked_words, squeezed
from portal.text.document_number import mentioned_numbers
from portal.text.normal_form import normal_form

MAX_QUERY_LENGTH = 200
MAX_WORDS = 40
_RUN = re.compile(r"[^\W_]+")
_COUNTED = re.compile(r"(\d{1,2}|[一二三四五六七八九十]{1,3})(\D{1,2})")
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Word:
    """`forms`: as typed, then what else finds the same. `references`: keys of documents named so."""

    text: str
    forms: tuple[str, ...]
    core: str = ""
    """The longest word in it, where single characters were joined to that."""
    references: tuple[str, ...] = ()
    common: frozenset[str] = frozenset()
    """Pairs of it that stand in so many documents that asking for them costs much and excludes next to none."""
    idf: float = 1.0

    @property
    def expression(self) -> Expression:
        """What every document with the word holds, and perhaps some without."""
        return self._held(asked_bigrams)

    @property
    def likely(self) -> Expression:
        """What a document holds in which the word stands by itself; much less is found by it."""
        return self._held(asked_words)

    def _held(self, tokens: Callable[[str], list[str]]) -> Expression:
        shortest = [form for form in self.forms if not any(other != form and other in form for other in self.forms)]
        found = [every(without(tokens(form), self.common)) for form in shortest]
        if is_typed_by_sound(self.text):
            found.append(f"{READING}{self.text}*")
        return some([*found, *(f"{REFERENCE}{one}" for one in self.references)])

    @property
    def name_expression(self) -> Expression:
        return some(every(f"{NAMED}{token}" for token in asked_bigrams(form)) for form in self.forms if len(form) > 1)


@dataclass(frozen=True, slots=True)
class Query:
    """`typed` is what readers see again; `numbers` are code, year and serial of document numbers in it."""

    typed: str
    normal: str
    squeezed: str
    words: tuple[Word, ...] = ()
    numbers: tuple[tuple[str, int, int], ...] = ()
    synonyms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    common: frozenset[str] = frozenset()
    """Of all the words."""
    rare_pairs: tuple[str, ...] = ()
    """Pairs of characters in it, those that tell most first."""

    @property
    def is_empty(self) -> bool:
        return not self.words

    @property
    def expression(self) -> Expression:
        """What every document holds in which every word is found, whatever its form."""
        return self._held(word.expression for word in self.words)

    @property
    def likely(self) -> Expression:
        return self._held(word.likely for word in self.words)

    def _held(self, expressions: Iterable[Expression]) -> Expression:
        words = every(expressions)
        others = [number_expression(self.numbers)] if self.numbers else []
        if len(self.words) > 1 and is_typed_by_sound(self.squeezed):
            others.append(f"{READING}{self.squeezed}*")
        return some([words, *others])

    @property
    def weight(self) -> float:
        return sum(word.idf for word in self.words)


def without(tokens: list[str], common: frozenset[str]) -> list[str]:
    """The tokens that are not common, or all where only common ones would be left out."""
    return [token for token in tokens if token not in common] or tokens


def is_typed_by_sound(text: str) -> bool:
    return len(text) > 1 and text.isascii() and text.isalpha()


def number_expression(numbers: Iterable[tuple[str, int, int]]) -> Expression:
    """What stands before a number may begin with words that are not part of its code."""
    tokens = []
    for code, year, seq in numbers:
        starts = range(len(code) - 1) if code else [0]
        tokens += [number_token(code[start:], year, seq) for start in starts]
    return some(tokens)


def read_query(text: str, synonyms: Synonyms) -> Query:
    """Read at most 200 characters of anything; without a word of meaning the query is empty."""
    typed = text[:MAX_QUERY_LENGTH]
    normal = " ".join(normal_form(typed).split())
    cores: dict[str, str] = {}
    words = list(_cut(normal, synonyms, cores))
    kept = [word for word in words if word not in STOP_WORDS]
    if not kept and not all(word in EMPTY for word in words):
        kept = words
    telling = [word for word in kept if word not in VAGUE and word not in VERBS]
    kept = telling if len(telling) > 1 or (telling and len(telling[0]) > 3) else kept
    kept = list(dict.fromkeys(kept))[:MAX_WORDS]
    found = tuple(
        Word(word, tuple(dict.fromkeys([word, *synonyms.of(word), *_counted(word)])), cores.get(word, "")) for word in kept
    )
    return Query(
        typed=typed.strip(),
        normal=normal,
        squeezed=squeezed(normal),
        words=found,
        numbers=tuple(mentioned_numbers(normal)) if found else (),
        synonyms={word: others for word in kept if (others := synonyms.of(word))},
    )


def literal_query(text: str) -> Query:
    """The same without leaving anything out or adding anything: whatever contains the text holds these words."""
    normal = normal_form(text[:MAX_QUERY_LENGTH])
    words = tuple(Word(run, (run,)) for run in _RUN.findall(normal))
    return Query(typed=text, normal=normal, squeezed=squeezed(normal), words=words)


def _cut(normal: str, synonyms: Synonyms, cores: dict[str, str]) -> Iterator[str]:
    for run in _RUN.findall(normal):
        parts = (word for part, is_known in synonyms.split(run) for word in ([part] if is_known else words_of(part)))
        for group in _joined(parts):
            word = "".join(group)
            core = max(group, key=len)
            if 1 < len(core) < len(word):
                cores[word] = core
            yield word


def _joined(words: Iterable[str]) -> list[list[str]]:
    """A single character left over belongs to the word before it, or after it where it comes first."""
    found: list[list[str]] = []
    for word in words:
        before = "".join(found[-1]) if found else ""
        is_apart = not before or word in STOP_WORDS or before in STOP_WORDS or word in VERBS or before in VERBS
        if not is_apart and 1 in (len(word), len(before)):
            found[-1].append(word)
        else:
            found.append([word])
    return found


def _counted(word: str) -> list[str]:
    """十条 is also written 10条."""
    match = _COUNTED.fullmatch(word)
    if not match:
        return []
    number, noun = match.groups()
    other = _in_words(int(number)) if number.isdigit() else _in_digits(number)
    return [f"{other}{noun}"] if other else []


def _in_words(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def _in_digits(text: str) -> str:
    head, ten, tail = text.rpartition("十")
    if len(head) > 1 or len(tail) > 1 or "十" in head:
        return ""
    tens = (_DIGITS.index(head) if head else 1) if ten else 0
    return str(tens * 10 + (_DIGITS.index(tail) if tail else 0))
