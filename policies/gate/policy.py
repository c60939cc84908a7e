from collections.abc import Iterator

from django.utils.translation import gettext as _

from policies.models import Policy
from portal.publishing.gate import Problem, Whole, rule
from portal.text.document_number import DocumentNumber
from portal.text.errors import TextError

NUMBER = "doc_code"


@rule(Policy)
def document_number_is_whole(whole: Whole) -> Iterator[Problem]:
    """A number that is said to be given has code, year and serial in the form of GB/T 9704; any other status has none of them."""
    policy = whole.entry
    parts = (policy.doc_code, policy.doc_year, policy.doc_seq)
    if policy.doc_number_status != Policy.NumberStatus.GIVEN:
        if any(parts):
            yield Problem(_("填了发文字号，文号情况却不是“有文号”：请改选“有文号”，或清空文号。"), NUMBER)
    elif not all(parts):
        yield Problem(_("选了“有文号”，还没有填完整的发文字号，例如“渝府发〔2021〕1号”；查不到就选“文号不详”。"), NUMBER)
    else:
        try:
            DocumentNumber(*parts)
        except TextError as error:
            yield Problem(str(error), NUMBER)


@rule(Policy)
def document_number_is_its_own(whole: Whole) -> Iterator[Problem]:
    """No other policy has the document number; one query when there is one."""
    policy = whole.entry
    number = (policy.doc_code, policy.doc_year, policy.doc_seq)
    if policy.doc_number_status != Policy.NumberStatus.GIVEN or not all(number):
        return
    others = Policy._base_manager.filter(doc_number_status=Policy.NumberStatus.GIVEN, copy_of__isnull=True)
    same = others.filter(doc_code=number[0], doc_year=number[1], doc_seq=number[2]).exclude(uuid=policy.uuid)
    if title := same.values_list("title", flat=True).first():
        yield Problem(_("这个发文字号已属于“%(title)s”，请核对。") % {"title": title}, NUMBER)


@rule(Policy)
def issuer_is_said(whole: Whole) -> Iterator[Problem]:
    """The issuers are named, or said to be unknown; never both."""
    issuers = whole.rows("issuing")
    if issuers and whole.entry.issuer_unknown:
        yield Problem(_("已经写了发布机构，又勾了“发布机构不详”：请去掉一样。"), "issuer_unknown")
    elif not issuers and not whole.entry.issuer_unknown:
        yield Problem(_("还没有写发布机构；来源没有说明由谁发布，就勾“发布机构不详”。"), "issuer_unknown")


@rule(Policy)
def policy_dates_are_in_order(whole: Whole) -> Iterator[Problem]:
    """Signed before published and before in force; force and plan period do not end before they begin."""
    policy = whole.entry
    if policy.signed_on and policy.published_on and policy.published_on.last < policy.signed_on.first:
        yield Problem(_("发布日期早于成文日期，请核对。"), "published_on")
    if policy.signed_on and policy.effective_from and policy.effective_from < policy.signed_on.first:
        yield Problem(_("施行日期早于成文日期，请核对。"), "effective_from")
    if policy.effective_from and policy.effective_until and policy.effective_until < policy.effective_from:
        yield Problem(_("有效期至不能早于施行日期。"), "effective_until")
    if policy.plan_from and policy.plan_until and policy.plan_until < policy.plan_from:
        yield Problem(_("规划期止不能早于规划期起。"), "plan_until")


@rule(Policy)
def stated_validity_has_reason(whole: Whole) -> Iterator[Problem]:
    """A validity that an editor states instead of the dates says why."""
    if whole.entry.validity_override and not whole.entry.validity_reason.strip():
        yield Problem(_("人工认定有效性时请写明理由。"), "validity_reason")


@rule(Policy)
def benefit_windows_are_in_order(whole: Whole) -> Iterator[Problem]:
    """The time to apply for a benefit does not end before it begins."""
    for benefit in whole.rows("benefits"):
        begins, ends = benefit.window_from, benefit.window_until
        if begins and ends and ends < begins:
            yield Problem(_("受理截止不能早于受理开始。"), "window_until", benefit)
