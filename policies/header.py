"""The table at the head of a policy: nine items of the disclosure catalogue in their fixed order, then its other dates.

What is not known is left out of the table and said once, in a sentence.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from policies.models import Policy
from portal.publishing.models import LocalText
from portal.web.sentences import join_items
from portal.web.templatetags.texts import dash, page_language, when
from regions.page_links import PageLink

SELDOM_DOCUMENTS = {Policy.Kind.FUND, Policy.Kind.PROGRAMME, Policy.Kind.MEASURES_SET}
"""Often known as something that is done, without a paper of their own to number and date."""


@dataclass(frozen=True, slots=True)
class HeaderRow:
    label: str
    text: str | LocalText = ""
    links: tuple[PageLink, ...] = ()
    is_validity: bool = False

    @property
    def is_known(self) -> bool:
        return bool(self.text or self.links or self.is_validity)


@dataclass(frozen=True, slots=True)
class Header:
    rows: list[HeaderRow]
    dates: list[HeaderRow]
    missing: str


def policy_header(policy: Policy, links: dict[str, list[PageLink]]) -> Header:
    rows = [
        HeaderRow(_("索引号"), policy.index_no),
        HeaderRow(_("发文字号"), _number(policy)),
        HeaderRow(_("主题分类"), links=tuple(links["topics"])),
        HeaderRow(_("体裁分类"), str(policy.get_genre_display())),
        HeaderRow(_("成文日期"), when(policy.signed_on)),
        HeaderRow(_("发布日期"), when(policy.published_on)),
        HeaderRow(_("文件标题"), policy.local("title", page_language())),
        HeaderRow(_("发布机构"), _("不详") if policy.issuer_unknown else "", links=tuple(links["issuers"])),
        HeaderRow(_("有效性"), is_validity=True),
    ]
    dates = [
        HeaderRow(_("施行日期"), when(policy.effective_from)),
        HeaderRow(_("有效期至"), when(policy.effective_until)),
        HeaderRow(_("规划期"), _period(policy.plan_from, policy.plan_until)),
    ]
    wanted = [*rows, *dates[:2]]
    missing = [row.label for row in wanted if not row.is_known]
    sentence = _sentence(missing)
    if policy.kind in SELDOM_DOCUMENTS and not any(row.is_known for row in (*rows[:2], *rows[3:6], *dates[:2])):
        sentence = _("来源报道了这件事，没有给出它的文件。")
    return Header([row for row in rows if row.is_known], [row for row in dates if row.is_known], sentence)


def _number(policy: Policy) -> str:
    if policy.document_number is not None:
        return str(policy.document_number)
    status = policy.doc_number_status
    return "" if status == Policy.NumberStatus.UNKNOWN else str(Policy.NumberStatus(status).label)


def _period(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return when(first or last)
    is_whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    return (
        f"{first.year}{dash()}{last.year}"
        if is_whole_years
        else _("%(first)s至%(last)s") % {"first": when(first), "last": when(last)}
    )


def _sentence(missing: list[str]) -> str:
    return _("来源没有给出%(items)s。") % {"items": join_items(missing)} if missing else ""
