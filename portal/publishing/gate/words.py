"""What no public text may hold, whatever the type."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from portal.publishing.gate.finding import Problem
from portal.publishing.gate.rules import rule
from portal.publishing.gate.whole import Whole
from portal.publishing.models import Publishable
from portal.text.personal_number import find_bank_card, find_identity_number, find_mobile_number, masked
from portal.text.placeholder import find_placeholder


@rule(Publishable)
def no_placeholder_is_left(whole: Whole) -> Iterator[Problem]:
    """No text of the entry or its rows holds 待补充, 待定, TODO, TBD, xxx and the like, or is nothing but …… or 测试."""
    for row, field, text in whole.texts():
        if found := find_placeholder(text):
            words = {"label": field.verbose_name, "found": found}
            yield Problem(_("“%(label)s”里还有占位的文字“%(found)s”，请换成真正的内容。") % words, field.name, row)


@rule(Publishable)
def no_mobile_number_is_told(whole: Whole) -> Iterator[Problem]:
    """No text holds a mobile number; office lines and 400 numbers are fine."""
    sentence = _("“%(label)s”里有手机号码 %(found)s。请改写办公电话，例如 023-48660000；个人号码不能公开。")
    yield from _numbers(whole, find_mobile_number, sentence)


@rule(Publishable)
def no_identity_number_is_told(whole: Whole) -> Iterator[Problem]:
    """No text holds an identity number with a right check character."""
    yield from _numbers(whole, find_identity_number, _("“%(label)s”里有居民身份证号码 %(found)s，请删去。"))


@rule(Publishable)
def no_bank_card_is_told(whole: Whole) -> Iterator[Problem]:
    """No text holds a bank card number with a right check digit."""
    yield from _numbers(whole, find_bank_card, _("“%(label)s”里有像银行卡号的一串数字 %(found)s，请删去。"))


def _numbers(whole: Whole, find: Callable[[str], str], sentence: str) -> Iterator[Problem]:
    """The number itself is not repeated: findings are logged."""
    for row, field, text in whole.texts():
        if found := find(text):
            yield Problem(sentence % {"label": field.verbose_name, "found": masked(found)}, field.name, row)
