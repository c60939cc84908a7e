"""A list as a file for spreadsheets: RFC 4180, UTF-8 with a mark, nothing a spreadsheet would run."""

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal

MARK = "\ufeff"
"""Without it Excel reads UTF-8 as the local code page."""
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet takes for a formula."""

Cell = str | Decimal | int | None


class _Line:
    """What a csv writer writes to: hands each line on instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(header: Iterable[str], rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield MARK + writer.writerow([guarded(name) for name in header])
    for row in rows:
        yield writer.writerow([guarded(cell) for cell in row])


def guarded(cell: Cell) -> str:
    """Numbers as they are; a text that would run takes an apostrophe in front, which spreadsheets do not show as content."""
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    if isinstance(cell, int):
        return str(cell)
    text = cell or ""
    return f"'{text}" if text.lstrip(" \u3000").startswith(RUNS) or text.startswith(RUNS) else text
