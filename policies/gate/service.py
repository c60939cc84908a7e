import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from policies.models import Service
from portal.publishing.gate import Problem, Whole, rule

SOMEBODY = re.compile(r"(?:请)?(?:咨询|联系|询问)?(?:相关|有关|主管|当地)(?:部门|单位|科室|人员)[。.]?")


@rule(Service)
def promised_days_are_within_legal_days(whole: Whole) -> Iterator[Problem]:
    """What is promised takes no longer than the law allows, and days have a unit, the same for both."""
    service = whole.entry
    legal, promised = service.legal_days, service.promised_days
    if (legal is not None or promised is not None) and not service.day_unit:
        yield Problem(_("填了时限就要选“工作日”或“自然日”。"), "day_unit")
    if legal is not None and promised is not None and promised > legal:
        yield Problem(_("承诺时限不能超过法定时限。"), "promised_days")


@rule(Service)
def fee_is_explained(whole: Whole) -> Iterator[Problem]:
    """A service that costs something says how much, and on what ground."""
    if whole.entry.fee == Service.Fee.CHARGED and not whole.entry.fee_text.strip():
        yield Problem(_("收费的服务要写明收费标准和依据。"), "fee_text")


@rule(Service)
def consult_is_given(whole: Whole) -> Iterator[Problem]:
    """A service that is being offered says whom to ask; never "the departments concerned"."""
    service = whole.entry
    consult = service.consult.strip()
    if SOMEBODY.fullmatch(consult):
        yield Problem(_("“%(consult)s”等于没说，请写具体的电话或窗口。") % {"consult": consult}, "consult")
    elif not consult and service.status == Service.Status.ACTIVE:
        yield Problem(_("正在提供的服务要写咨询方式：具体的电话或窗口。没有核实过的，服务状态选“现状不明”。"), "consult")
