"""Amounts: an exact number, its unit, how exact it claims to be, and the words it came in."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.text.errors import TextError, quote, require_length
from portal.text.language import Lang
from portal.text.numbers import NUMBER_CHARACTERS, read_number
from portal.text.qualifiers import CHINESE, ENGLISH, PREFIXES, SUFFIXES, Qualifier
from portal.text.units import NOUNS, PERCENT, SPELLINGS, YUAN
from portal.text.width import narrow

__all__ = [
    "DECIMAL_PLACES",
    "MAX_AMOUNT_LENGTH",
    "MAX_DIGITS",
    "SIGNIFICANT_DIGITS",
    "Amount",
    "AmountParts",
    "Qualifier",
    "parse_amount",
    "print_amount",
    "split_amount",
]

MAX_AMOUNT_LENGTH = 64
# For the database column. No value has more than 15 significant digits, because SQLite keeps a
# decimal as a double and would change the sixteenth.
MAX_DIGITS = 19
DECIMAL_PLACES = 4
SIGNIFICANT_DIGITS = 15

_HEAD = re.compile(
    r"\s*(?P<before>" + "|".join(sorted(PREFIXES, key=len, reverse=True)) + r")?"
    r"\s*(?P<percent>百分之)?\s*(?P<sign>[-−])?"
    rf"(?P<number>[{NUMBER_CHARACTERS}][{NUMBER_CHARACTERS}\s余多]*)?"
)
_AND_MORE = re.compile(r"([^余多]+?)\s*[余多]([百千万亿]*)")
_BARE_SCALES = frozenset("百千万亿")
_CHINESE_SCALES = ((12, "万亿", 4), (8, "亿", 4), (4, "万", 2))
_ENGLISH_SCALES = ((12, " trillion", 3), (9, " billion", 3), (6, " million", 3))


@dataclass(frozen=True, slots=True)
class Amount:
    """`value` is in the base unit (money in 元, never 万元), at most 15 significant digits."""

    value: Decimal
    unit: str
    qualifier: Qualifier
    as_published: str


@dataclass(frozen=True, slots=True)
class AmountParts:
    """A printed amount in three pieces, spaces included, so a page can set the number large."""

    before: str
    number: str
    after: str

    def __str__(self) -> str:
        return self.before + self.number + self.after


def parse_amount(text: str) -> Amount:
    """Read one amount of at most 64 characters, such as 超过16万人, 80余个, 75％ or 22760万元.

    近3年 reads as "nearly 3 years"; as a stretch of time it belongs to `parse_period`.
    `TextError` codes: too_long, not_an_amount, range, number, too_precise, unit, qualifier.
    """
    require_length(text, MAX_AMOUNT_LENGTH, _("数量"))
    source = narrow(text)
    head = _HEAD.match(source)
    if not head or not head["number"]:
        raise _not_an_amount(text)
    number, has_more = _read_head(head["number"].strip())
    rest = source[head.end() :].strip()
    unit, after = _read_unit(rest, head.end(), is_percent=bool(head["percent"]))
    words = [PREFIXES.get(head["before"] or ""), SUFFIXES.get(after)]
    words.append(Qualifier.AND_MORE if has_more else None)
    # 达 says only that the number is reported: 达200余名 is no overlap.
    qualifier = _one_qualifier([word for word in words if word and word is not Qualifier.EXACT], text)
    if head["sign"] and qualifier is not Qualifier.EXACT:
        raise _mixed(text)
    value = _bounded(-number if head["sign"] else number, text)
    return Amount(value, unit, qualifier, text.strip())


def print_amount(value: Decimal, unit: str, qualifier: Qualifier, lang: Lang = "zh-hans") -> str:
    """Print for a reader: 超过16万人, 80余个; "over 160,000 people", "RMB 300 million"."""
    return str(split_amount(value, unit, qualifier, lang))


def split_amount(value: Decimal, unit: str, qualifier: Qualifier, lang: Lang = "zh-hans") -> AmountParts:
    """Print in three pieces; joined they are what `print_amount` gives.

    Large numbers are grouped (万/亿, million/billion) only where that keeps every digit.
    """
    if lang == "en":
        one, many = NOUNS.get(unit, (unit, unit))
        noun = one if value == 1 else many
        before = ENGLISH[qualifier] + ("RMB " if unit == YUAN else "")
        after = PERCENT if unit == PERCENT else noun and f" {noun}"
        return AmountParts(before, _scaled(value, _ENGLISH_SCALES, grouping=","), after)
    number = _scaled(value, _CHINESE_SCALES, grouping="")
    if qualifier is not Qualifier.AND_MORE:
        return AmountParts(CHINESE[qualifier], number, unit)
    if unit == PERCENT:
        return AmountParts("", number, f"{unit}多")
    return AmountParts("", f"{number}余", unit)


def _scaled(value: Decimal, scales: tuple[tuple[int, str, int], ...], *, grouping: str) -> str:
    for power, mark, places in scales:
        coefficient = value.scaleb(-power).normalize()
        if abs(coefficient) >= 1 and -int(coefficient.as_tuple().exponent) <= places:
            return f"{coefficient:{grouping}f}{mark}"
    return f"{value.normalize():{grouping}f}"


def _read_head(number: str) -> tuple[Decimal, bool]:
    match = _AND_MORE.fullmatch(number)
    if not match:
        return read_number(number), False
    if match[1] in _BARE_SCALES and not match[2]:
        return read_number(f"1{match[1]}"), True
    return read_number(match[1] + match[2]), True


def _read_unit(rest: str, position: int, *, is_percent: bool) -> tuple[str, str]:
    """Split what follows the number into the stored unit and the qualifier word after it."""
    if is_percent and (not rest or rest in SUFFIXES):
        return PERCENT, rest
    for spelling, unit in SPELLINGS.items():
        after = rest.removeprefix(spelling).lstrip()
        if not is_percent and rest.startswith(spelling) and (not after or after in SUFFIXES):
            return unit, after
    if rest[:1] in tuple("-—–~至到"):
        raise TextError(
            _("%(text)s表示一个区间。请把下限和上限分开填写，例如“5000元”和“8000元”。") % {"text": quote(rest)},
            code="range",
            position=position,
        )
    problem = _("不认识单位%(text)s") % {"text": quote(rest)} if rest else _("数字后面没有单位")
    raise TextError(
        _("%(problem)s（第 %(place)d 个字）。请只写数字和单位，例如“16万人”“80余个”“1亿元”；所数的事物请写在指标名称里。")
        % {"problem": problem, "place": position + 1},
        code="unit",
        position=position,
    )


def _one_qualifier(words: list[Qualifier], text: str) -> Qualifier:
    if len(words) > 1:
        raise _mixed(text)
    return words[0] if words else Qualifier.EXACT


def _bounded(value: Decimal, text: str) -> Decimal:
    value = value.normalize()
    _sign, digits, exponent = value.as_tuple()
    is_fine = len(digits) <= SIGNIFICANT_DIGITS and int(exponent) >= -DECIMAL_PLACES
    if not is_fine or abs(value) >= 10 ** (MAX_DIGITS - DECIMAL_PLACES):
        raise TextError(
            _("%(text)s太大或小数太多：最多 %(digits)d 位有效数字，%(places)d 位小数。请核对，例如“2.5万人次”。")
            % {"text": quote(text), "digits": SIGNIFICANT_DIGITS, "places": DECIMAL_PLACES},
            code="too_precise",
        )
    return Decimal(f"{value:f}")


def _mixed(text: str) -> TextError:
    return TextError(
        _("%(text)s里限定数字的词互相重叠，意思不确定。请只留一个，例如“超过80个”或“80余个”。") % {"text": quote(text)},
        code="qualifier",
    )


def _not_an_amount(text: str) -> TextError:
    return TextError(
        _("%(text)s不是数量。请写数字和单位，例如“16万人”“80余个”“75%%”；名次如“第一”请填在名次栏。") % {"text": quote(text)},
        code="not_an_amount",
    )
