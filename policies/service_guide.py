"""What a service page answers, item by item, and how complete that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies.models import Service, ServicePoint
from portal.publishing.models import LocalText
from portal.web.sentences import join_items
from portal.web.templatetags.texts import page_language, public


@dataclass(frozen=True, slots=True)
class Answer:
    label: str
    text: LocalText | str = ""
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Guide:
    answers: list[Answer]
    known: int
    asked: int
    missing: str

    @property
    def is_complete(self) -> bool:
        return self.known == self.asked


def service_guide(service: Service, points: Sequence[ServicePoint], others: dict[str, bool]) -> Guide:
    """`others` are the parts shown below the table, e.g. materials, and whether anything is known of each."""
    answers = [
        Answer(_("谁可以办"), str(service.get_audience_display())),
        Answer(_("由谁办理"), _provider(service), url=_provider_url(service)),
        Answer(_("承诺时限"), _days(service.promised_days, service.day_unit)),
        Answer(_("法定时限"), _days(service.legal_days, service.day_unit)),
        Answer(_("到现场次数"), _visits(service.onsite_visits)),
        Answer(_("收费"), _fee(service), note=_fee_note(service)),
        Answer(_("办理形式"), service.local("modes", page_language())),
        Answer(
            _("办理结果"),
            service.local("result_name", page_language()),
            note=str(service.local("result_validity", page_language())),
        ),
        Answer(_("咨询方式"), service.local("consult", page_language())),
        Answer(_("监督投诉"), service.local("complaint", page_language())),
    ]
    known = [answer for answer in answers if answer.text]
    parts = others | {
        _("受理条件"): bool(service.conditions),
        _("办理地点"): bool(points),
        _("开放时间"): any(point.opening_hours for point in points),
        _("电话"): any(point.phones for point in points),
    }
    missing = [answer.label for answer in answers if not answer.text] + [
        label for label, is_known in parts.items() if not is_known
    ]
    asked = len(answers) + len(parts)
    sentence = _("来源没有说明%(items)s。") % {"items": join_items(missing)} if missing else ""
    return Guide(known, asked - len(missing), asked, sentence)


def _provider(service: Service) -> LocalText | str:
    provider: Any = public(service.provider)
    return provider.local("name", page_language()) if provider else ""


def _provider_url(service: Service) -> str:
    provider: Any = public(service.provider)
    return str(provider.get_absolute_url()) if provider else ""


def _days(days: int | None, unit: str) -> str:
    if days is None:
        return ""
    if unit == Service.DayUnit.WORKING:
        return ngettext("%(days)d 个工作日", "%(days)d 个工作日", days) % {"days": days}
    return ngettext("%(days)d 个自然日", "%(days)d 个自然日", days) % {"days": days}


def _visits(visits: int | None) -> str:
    if visits is None:
        return ""
    return ngettext("%(visits)d 次", "%(visits)d 次", visits) % {"visits": visits} if visits else _("0 次，不用到现场")


def _fee(service: Service) -> str:
    return "" if service.fee == Service.Fee.UNKNOWN else str(service.get_fee_display())


def _fee_note(service: Service) -> str:
    return str(service.local("fee_text", page_language()))
