"""Policy text pasted as one piece, split at 第…条."""

import re
from dataclasses import dataclass

from portal.text.errors import TextError
from portal.text.folding import clean_text
from portal.text.numbers import HAN_DIGITS, read_whole
from portal.text.width import narrow

_NUMERAL = rf"[0-9]{{1,4}}|[〇十百千{HAN_DIGITS}]{{1,8}}"
_CLAUSE = re.compile(
    rf"[ \t]*(?P<label>第[ ]?(?P<number>{_NUMERAL})[ ]?条(?:之[一二三四五六七八九十]{{1,3}})?)"
    r"(?P<gap>[ \t:]+|$)?"
)
# A line that ends a sentence is not a heading, even when it starts with 第三章.
_HEADING = re.compile(rf"[ \t]*第[ ]?(?:{_NUMERAL})[ ]?[编章节][^。;,:]{{0,30}}")


@dataclass(frozen=True, slots=True)
class ClauseText:
    """One clause. The preamble before 第一条 has number 0 and an empty label.

    `heading` is the chapter and section lines that stand before the clause, joined by a space.
    """

    number: int
    label: str
    heading: str
    text: str


def split_clauses(text: str) -> list[ClauseText]:
    """Split at 第…条 standing at the start of a line; at most 200,000 characters.

    A wrapped line may begin with a reference (第三条规定的…), so a label counts when space or a
    colon follows it, or when it carries the next number. `TextError` codes as `clean_text`.
    """
    splitter = _Splitter()
    for line in clean_text(text).split("\n"):
        splitter.read(line)
    return splitter.finish()


class _Splitter:
    def __init__(self) -> None:
        self.clauses: list[ClauseText] = []
        self.number, self.label, self.heading = 0, "", ""
        self.lines: list[str] = []
        self.headings: list[str] = []

    def read(self, line: str) -> None:
        plain = narrow(line)
        if _HEADING.fullmatch(plain):
            self.headings.append(line)
            return
        match = _CLAUSE.match(plain)
        number = _number(match) if match else 0
        if match and number and (match["gap"] is not None or number == self.number + 1):
            self._open(number, match["label"], line[match.end() :])
        elif line.strip():
            # A heading that no clause followed was a line of the running text.
            self.lines += [*self.headings, line]
            self.headings = []
        else:
            self.lines.append(line)

    def finish(self) -> list[ClauseText]:
        self.lines += self.headings
        self._close()
        return self.clauses

    def _open(self, number: int, label: str, first_line: str) -> None:
        self._close()
        self.number, self.label = number, label.replace(" ", "")
        self.heading = " ".join(" ".join(heading.split()) for heading in self.headings)
        self.lines, self.headings = [first_line], []

    def _close(self) -> None:
        text = "\n".join(line.rstrip() for line in self.lines).strip()
        if self.number or text:
            self.clauses.append(ClauseText(self.number, self.label, self.heading, text))


def _number(match: re.Match[str]) -> int:
    try:
        return read_whole(match["number"])
    except TextError:
        return 0
