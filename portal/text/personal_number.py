"""Numbers that belong to one person and have no business in a public text: mobile, identity and bank card numbers.

Each finder gives the first one as it is written, or "". Office lines, 400 numbers, dates, document numbers, index numbers
and unified social credit codes are not taken for one.
"""

import re
from datetime import date

from portal.text.width import narrow

SHOWN_BEFORE, SHOWN_AFTER = 3, 2

_GAP = "[ .·\u2010-\u2015-]"
_SINGLE = "[ ·\u2010-\u2015-]"
"""A gap where there is but one: with a point there, it is a decimal."""
_START, _END = r"(?<![0-9])(?<![0-9]\.)", r"(?![0-9])"
_MOBILE = re.compile(
    rf"{_START}(?:(?:\+|00)86{_GAP}?|86{_GAP})?"
    rf"(?:1[3-9][0-9]{{9}}|1[3-9][0-9]{_GAP}{{1,2}}[0-9]{{4}}{_GAP}{{1,2}}[0-9]{{4}}|1[3-9][0-9]{_SINGLE}[0-9]{{8}}"
    rf"|1[3-9][0-9]{{5}}{_SINGLE}[0-9]{{4}}|1[3-9][0-9]{_GAP}[0-9]{{3}}{_GAP}[0-9]{{5}}|1[3-9][0-9]{{2}}{_GAP}[0-9]{{3}}{_GAP}[0-9]{{4}})"
    rf"{_END}"
)
_IDENTITY = re.compile(rf"(?<![0-9A-Za-z])[0-9]{{6}}{_GAP}?[0-9]{{8}}{_GAP}?[0-9]{{3}}[0-9Xx](?![0-9A-Za-z])")
_CARD = re.compile(
    rf"(?<![0-9A-Za-z])(?:[0-9]{{16,19}}|[0-9]{{4}}(?:{_GAP}[0-9]{{4}}){{3}}(?:{_GAP}?[0-9]{{1,3}})?)(?![0-9A-Za-z])"
)

_PROVINCES = {*range(11, 16), 21, 22, 23, *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83, 91}
_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_CARD_ISSUERS = "34569"
"""First digits of cards issued in China and of the international schemes; years and credit codes mostly begin otherwise."""


def find_mobile_number(text: str) -> str:
    """Eleven digits from 13 to 19, alone or in the groups people write, with or without +86."""
    found = _MOBILE.search(narrow(text))
    return found[0] if found else ""


def find_identity_number(text: str) -> str:
    """Eighteen characters with a province, a day of birth and a right check character (GB 11643)."""
    return next((one[0] for one in _IDENTITY.finditer(narrow(text)) if is_identity_number(_bare(one[0]))), "")


def find_bank_card(text: str) -> str:
    """Sixteen to nineteen digits with a right check digit (Luhn) that are no identity number and no credit code."""
    return next((one[0] for one in _CARD.finditer(narrow(text)) if _is_bank_card(_bare(one[0]))), "")


def masked(number: str) -> str:
    """Enough to find it in the text, too little to keep: `138****78`."""
    return f"{number[:SHOWN_BEFORE]}****{number[-SHOWN_AFTER:]}"


def is_identity_number(number: str) -> bool:
    if int(number[:2]) not in _PROVINCES or not 1850 <= int(number[6:10]) <= 2100:
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _IDENTITY_WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17].upper()


def is_credit_code(code: str) -> bool:
    """A unified social credit code (GB 32100)."""
    if len(code) != 18 or any(letter not in _CREDIT_LETTERS for letter in code):
        return False
    values = [_CREDIT_LETTERS.index(letter) for letter in code]
    total = sum(value * weight for value, weight in zip(values, _CREDIT_WEIGHTS, strict=False))
    return values[17] == -total % 31


def _is_bank_card(number: str) -> bool:
    if number[0] not in _CARD_ISSUERS or is_credit_code(number):
        return False
    if len(number) == 18 and is_identity_number(number):
        return False
    digits = [int(digit) for digit in reversed(number)]
    doubled = [digit * 2 - 9 if digit > 4 else digit * 2 for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _bare(written: str) -> str:
    return "".join(letter for letter in written if letter.isalnum())
