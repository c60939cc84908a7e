"""Document numbers (发文字号, GB/T 9704): 机关代字〔year〕serial号."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.text.errors import TextError, quote, require_length
from portal.text.width import narrow

MAX_DOCUMENT_NUMBER_LENGTH = 64
FIRST_YEAR, LAST_YEAR = 1949, 2100
MAX_SEQ = 99_999

_HAN = "〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CODE = re.compile(rf"[{_HAN}]{{2,12}}")
# After `narrow`: （） and ［］ are ASCII by then; ﹝﹞ is what PDF files often hold for 〔〕.
_WRITTEN = re.compile(
    rf"\s*(?P<code>[{_HAN}]{{2,12}})\s*[〔\[(【﹝〖]\s*(?P<year>\d{{4}})\s*年?\s*[〕\])】﹞〗]"
    r"\s*第?\s*(?P<seq>\d{1,12})\s*号?\s*",
    re.ASCII,
)
# Somewhere in a text, as people type it: brackets of any kind or none, a hyphen or a space before the serial.
_MENTIONED = re.compile(
    rf"(?P<code>[{_HAN}]{{0,20}})\s*[〔\[(【﹝〖]?\s*(?P<year>(?:19|20)\d{{2}})(?:\s*年)?"
    r"(?P<gap>\s*[〕\])】﹞〗]\s*第?\s*|\s*第\s*|\s*-\s*|\s+|)(?P<seq>\d{1,5})(?!\d)(?P<end>\s*号)?",
    re.ASCII,
)
_BRACKET = re.compile(r"[〔\[(【﹝〖]")


@dataclass(frozen=True, slots=True, order=True)
class DocumentNumber:
    """A document number, sorted by issuing code, year, serial.

    Built from stored columns too: `TextError` (code `document_number`) unless `code` is 2-12 Han
    characters, `year` 1949-2100 and `seq` 1-99999.
    """

    code: str
    year: int
    seq: int

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise _refused(_("机关代字%(text)s应为 2 到 12 个汉字") % {"text": quote(self.code)})
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise _refused(
                _("年份 %(year)d 不在 %(first)d 到 %(last)d 之间") % {"year": self.year, "first": FIRST_YEAR, "last": LAST_YEAR}
            )
        if not 1 <= self.seq <= MAX_SEQ:
            raise _refused(_("序号应在 1 到 %(most)d 之间") % {"most": MAX_SEQ})

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕{self.seq}号"


def parse_document_number(text: str) -> DocumentNumber:
    """Read one document number of at most 64 characters in any usual spelling.

    Any pair of brackets, 第, 年, leading zeros, spaces and full-width digits are accepted, and 号
    may be missing: each has one reading, and printing restores the standard form. A year without
    brackets (渝府发 2021 1号) is refused, because without spaces it has several.
    `TextError` codes: too_long, document_number.
    """
    require_length(text, MAX_DOCUMENT_NUMBER_LENGTH, _("发文字号"))
    match = _WRITTEN.fullmatch(narrow(text))
    if not match:
        raise _refused(_("%(text)s不是完整的发文字号") % {"text": quote(text)})
    return DocumentNumber(match["code"], int(match["year"]), int(match["seq"]))


def document_number_key(number: DocumentNumber) -> str:
    """Give one string per number, for uniqueness and search; it sorts as the numbers do."""
    return f"{number.code}{number.year:04d}{number.seq:05d}"


def mentioned_numbers(text: str) -> list[tuple[str, int, int]]:
    """Code (what Han characters stand before, maybe more than the code or none), year and serial of each number in a text.

    Looser than `parse_document_number`: for searching, where 渝府发2021-1 asks for what 渝府发〔2021〕1号 is.
    """
    found = []
    for match in _MENTIONED.finditer(narrow(text)):
        is_marked = match["end"] or _BRACKET.search(match[0])
        if is_marked or (match["code"] and match["gap"]):
            found.append((match["code"], int(match["year"]), int(match["seq"])))
    return found


def _refused(problem: str) -> TextError:
    return TextError(
        _("%(problem)s。请依次写机关代字、带括号的年份和序号，例如“渝府发〔2021〕1号”。") % {"problem": problem},
        code="document_number",
    )
