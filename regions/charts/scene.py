"""What a chart is made of: shapes in whole units, words cut to their room, and the figures it shows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from portal.web.templatetags.texts import HAN
from regions.models import Figure

WIDTH, EDGE = 320, 1
"""Drawn as wide as the narrowest screen, so that its words are never smaller than those beside it."""
PLOT = WIDTH - 2 * EDGE
HAN_WIDTH, LATIN_WIDTH = 13, 8
AHEAD = {Figure.Kind.TARGET, Figure.Kind.PLAN}


@dataclass(frozen=True, slots=True)
class Rect:
    x: int
    y: int
    width: int
    height: int
    look: str
    is_hatched: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    x: int
    y: int
    look: str
    is_diamond: bool = False

    @property
    def corners(self) -> str:
        return f"{self.x},{self.y - 6} {self.x + 6},{self.y} {self.x},{self.y + 6} {self.x - 6},{self.y}"


@dataclass(frozen=True, slots=True)
class Line:
    x1: int
    y1: int
    x2: int
    y2: int
    look: str


@dataclass(frozen=True, slots=True)
class Words:
    x: int
    y: int
    text: str
    anchor: str = "start"
    look: str = "label"

    @property
    def is_chinese(self) -> bool:
        return bool(HAN.search(self.text))


@dataclass
class Chart:
    """`figures` are its twin as a table; `is_numbered` says that marks carry the numbers of its rows, `has_places` that its figures are of several regions, which are loaded."""

    key: str
    title: str
    description: str
    figures: list[Any]
    height: int = 0
    is_numbered: bool = False
    has_places: bool = False
    rects: list[Rect] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def is_hatched(self) -> bool:
        return any(rect.is_hatched for rect in self.rects)

    @property
    def is_described_in_chinese(self) -> bool:
        return bool(HAN.search(self.title + self.description))


def is_inferred(figure: Any) -> bool:
    return bool(figure.as_of_basis == Figure.Basis.INFERRED)


def look_of(figure: Any) -> str:
    if figure.kind in AHEAD:
        return "ahead"
    return "estimate" if figure.kind == Figure.Kind.ESTIMATE else "actual"


def legend(figures: Sequence[Any]) -> list[str]:
    """What the looks mean, as far as the chart uses them."""
    found = []
    if any(is_inferred(figure) for figure in figures):
        found.append(_("斜线或空心：时点是推断的。"))
    if any(figure.kind in AHEAD for figure in figures):
        found.append(_("虚线：目标或计划，不是已经做到的数。"))
    if any(figure.kind == Figure.Kind.ESTIMATE for figure in figures):
        found.append(_("点线：估计的数。"))
    return found


def width_of(text: str) -> int:
    return sum(HAN_WIDTH if HAN.match(character) else LATIN_WIDTH for character in text)


def fit(text: str, room: int) -> str:
    """The text, cut with an ellipsis where it is wider than its room."""
    if width_of(text) <= room:
        return text
    while text and width_of(text) + HAN_WIDTH > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def bar_words(y: int, label: str, value: str) -> list[Words]:
    """The line above a bar: what it is at its start, how much at its end."""
    value = fit(value, PLOT * 2 // 3)
    return [
        Words(EDGE, y, fit(label, PLOT - width_of(value) - 8)),
        Words(WIDTH - EDGE, y, value, "end", "value"),
    ]
