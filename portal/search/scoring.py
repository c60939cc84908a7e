"""How well a document answers: the same on both databases, and a total order."""

from collections.abc import Sequence
from datetime import date
from math import exp

from portal.search.document import REFERENCE
from portal.search.rarity import Rarity
from portal.search.stores import Row
from portal.search.words import Query, Word, is_typed_by_sound
from portal.text.bigrams import asked_bigrams, squeezed
from portal.text.document_number import mentioned_numbers

TITLE, KEYS, SATURATION = 9.0, 5.0, 2.5
OTHER_FORM = 0.9
IS_TITLE, IN_TITLE, IN_KEYS, IN_BODY, COVERED = 3.0, 1.0, 0.6, 0.8, 0.6
OVER = 0.93
"""What is no longer in force comes a little later."""
FRESH, FADING = 0.06, 3 * 365
QUESTION = 6
"""From this many words on it is a question: the text matters more, the day not at all."""
USUAL_LENGTH = 800
EXACT_NUMBER = 1_000_000.0


class Scorer:
    """`is_loose`: nothing, or next to nothing, holds all the words, so that it matters how much of them a document holds."""

    def __init__(self, query: Query, rarity: Rarity, today: date, *, is_loose: bool) -> None:
        self.query, self.today = query, today.toordinal()
        self.is_question = is_loose or len(query.words) >= QUESTION
        self.pairs = {pair: rarity.of(pair) for pair in asked_bigrams(query.normal)} if self.is_question else {}
        self.sound = query.squeezed if is_typed_by_sound(query.squeezed) else ""

    def ranked(self, rows: Sequence[Row]) -> list[Row]:
        """Best first; then the newest, then by what the document is."""
        scores = {row.id: self.score(row) for row in rows}
        return sorted(rows, key=lambda row: (-scores[row.id], -row.published_on, row.kind, -row.object_id))

    def score(self, row: Row) -> float:
        title, keys = squeezed(row.title), squeezed(row.keys)
        length = 0.35 + 0.65 * min(len(row.body), 20_000) / USUAL_LENGTH
        found = covered = 0.0
        for word in self.query.words:
            frequency = self._frequency(word, row, length)
            found += word.idf * frequency / (frequency + SATURATION)
            covered += word.idf if frequency else 0.0
        weight = self.query.weight or 1.0
        score = found * (0.25 + 0.75 * covered / weight) + weight * self._closeness(row, title, keys)
        if self.is_question:
            score += self._pairs(row, length)
        else:
            score *= 1 + FRESH * exp(-max(0, self.today - row.published_on) / FADING)
        if row.force_until < self.today:
            score *= OVER
        return round(score + EXACT_NUMBER * self._has_number(row), 9)

    def _frequency(self, word: Word, row: Row, length: float) -> float:
        best = 0.0
        for number, form in enumerate(word.forms):
            found = TITLE * min(row.title.count(form), 2) + KEYS * min(row.keys.count(form), 2) + row.body.count(form) / length
            best = max(best, found * (OTHER_FORM if number else 1.0))
        if not best and is_typed_by_sound(word.text) and f" {word.text}" in row.readings:
            best = TITLE
        if any(f" {REFERENCE}{one} " in row.names for one in word.references):
            best = max(best, TITLE * 0.8 if not best else best + KEYS)
        return best

    def _closeness(self, row: Row, title: str, keys: str) -> float:
        """The whole query as it was typed: is it the title, or does it stand somewhere?"""
        typed = self.query.squeezed
        if typed == title or (self.sound and row.readings.startswith(f" {self.sound} ")):
            return IS_TITLE
        found = 0.0
        if typed in title:
            found = IN_TITLE * (1 + len(typed) / max(len(title), 1))
        elif self.sound and f" {self.sound}" in row.readings:
            found = IN_TITLE * (2 if row.readings.startswith(f" {self.sound}") else 1.5)
        elif typed in keys:
            found = IN_KEYS * (2 if f" {self.query.normal} " in f" {row.keys} " else 1)
        elif len(typed) > 3 and (self.query.normal in row.body or typed in row.body):
            found = IN_BODY
        return found + COVERED * self._coverage(title)

    def _coverage(self, title: str) -> float:
        if not title:
            return 0.0
        held = sum(max((len(form) for form in word.forms if form in title), default=0) for word in self.query.words)
        return min(1.0, held / len(title))

    def _pairs(self, row: Row, length: float) -> float:
        """BM25 over the pairs of characters: a question seldom uses the words of the answer."""
        text = f"{row.title} {row.title} {row.keys} {row.body}"
        found = 0.0
        for pair, idf in self.pairs.items():
            count = text.count(pair.removesuffix("*"))
            if count:
                found += idf * count * 2.2 / (count + 1.2 * length)
        return found

    def _has_number(self, row: Row) -> bool:
        if not self.query.numbers:
            return False
        own = mentioned_numbers(f"{row.title} {row.keys}")
        return any(
            code and (asked[0] or code).endswith(code) and (year, seq) == asked[1:]
            for code, year, seq in own
            for asked in self.query.numbers
        )
