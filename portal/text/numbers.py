"""Numbers as Chinese texts write them: 2.5万, 1,765, 1亿2276万, 一百零三, 三千五百万."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.text.errors import TextError, quote, require_length

MAX_NUMBER_LENGTH = 32
# 24 digits stay below the 28 that decimal arithmetic keeps exact.
_MAX_FIGURES_LENGTH = 24
HAN_DIGITS = "零一二三四五六七八九"
NUMBER_CHARACTERS = "0123456789.,点〇两十百千万亿" + HAN_DIGITS

_SMALL = {"十": 10, "百": 100, "千": 1_000}
_LARGE = {"万": 10**4, "亿": 10**8}
_SCALES = {
    mark + large: factor * size
    for mark, factor in {"": 1, "十": 10, "百": 100, "千": 1_000}.items()
    for large, size in _LARGE.items()
} | {"": 1, "百": 100, "千": 1_000, "万亿": 10**12}
_VARIANTS = str.maketrans("两〇", "二零")
_PART = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*([十百千万亿]*)\s*", re.ASCII)
_HAN = re.compile(r"[零一二三四五六七八九十百千万亿]+")
_HAN_DECIMAL = re.compile(r"([^点]+)点([零一二三四五六七八九]+)([万亿]?)")


def read_number(text: str) -> Decimal:
    """Read one non-negative number, exactly; `TextError` (code `number`) for anything else.

    A number whose reading is not agreed on (一百五, 3万5, 1.2亿5000万, 1,7) is refused.
    """
    require_length(text, MAX_NUMBER_LENGTH, _("数字"))
    if not text.isascii() and not any(c in "0123456789" for c in text):
        return _read_han_decimal(text)
    return _read_parts(text)


def read_han(text: str) -> int:
    """Read a whole number in its standard Chinese spelling; 两 and 〇 are accepted."""
    require_length(text, MAX_NUMBER_LENGTH, _("数字"))
    plain = text.translate(_VARIANTS)
    if not _HAN.fullmatch(plain):
        raise _unreadable(text)
    number = _sum_han(plain)
    if write_han(number) not in (
        plain,
        plain.removeprefix("一") if plain[:2] == "一十" else plain,
    ):
        raise _unreadable(text)
    return number


def write_han(number: int) -> str:
    """Write a whole number from 0 to 10**16 - 1 in Chinese: 103 → 一百零三."""
    if number == 0:
        return "零"
    text = _write_positive(number)
    return text[1:] if text.startswith("一十") else text


def read_digits(text: str) -> int:
    """Read digits one by one, ASCII or Chinese, as years are written: 2021, 二〇二一."""
    require_length(text, MAX_NUMBER_LENGTH, _("数字"))
    plain = text.translate(_VARIANTS)
    figures = "".join(str(HAN_DIGITS.index(c)) if c in HAN_DIGITS else c for c in plain)
    if not (figures.isascii() and figures.isdigit()):
        raise _unreadable(text)
    return int(figures)


def read_whole(text: str) -> int:
    """Read a whole number, all ASCII digits or all Chinese: 12, 十二."""
    return read_digits(text) if text.isascii() else read_han(text)


def _unreadable(text: str) -> TextError:
    return TextError(
        _("%(text)s不能读成一个确定的数。请用阿拉伯数字，例如“2.5万”“1765”“三千五百万”。") % {"text": quote(text)},
        code="number",
    )


def _read_parts(text: str) -> Decimal:
    require_length(text, _MAX_FIGURES_LENGTH, _("数字"))
    total, ceiling, end = Decimal(0), 0, 0
    while end < len(text):
        match = _PART.match(text, end)
        scale = _SCALES.get(match[3]) if match else None
        is_mixed = match and match[2] and (ceiling or match.end() < len(text))
        if not match or scale is None or is_mixed:
            raise _unreadable(text)
        part = Decimal(match[1].replace(",", "") + (match[2] or "")) * scale
        if ceiling and not (0 if match[3] else ceiling // 10) <= part < ceiling:
            raise _unreadable(text)
        total, ceiling, end = total + part, scale, match.end()
    if not text:
        raise _unreadable(text)
    return total


def _read_han_decimal(text: str) -> Decimal:
    match = _HAN_DECIMAL.fullmatch(text.translate(_VARIANTS))
    if not match:
        return Decimal(read_han(text))
    decimals = "".join(str(HAN_DIGITS.index(c)) for c in match[2])
    return Decimal(f"{read_han(match[1])}.{decimals}") * _SCALES[match[3]]


def _sum_han(text: str) -> int:
    for mark in "亿万":
        high, found, low = text.rpartition(mark)
        if found:
            return _sum_han(high) * _LARGE[mark] + _sum_han(low)
    total, digit = 0, 0
    for character in text:
        if character in _SMALL:
            total, digit = total + (digit or 1) * _SMALL[character], 0
        else:
            digit = HAN_DIGITS.index(character)
    return total + digit


def _write_positive(number: int) -> str:
    for mark, size in (
        ("亿", 10**8),
        ("万", 10**4),
        ("千", 1_000),
        ("百", 100),
        ("十", 10),
    ):
        if number >= size:
            high, low = divmod(number, size)
            gap = "零" if 0 < low < size // 10 else ""
            return _write_positive(high) + mark + gap + (_write_positive(low) if low else "")
    return HAN_DIGITS[number]
