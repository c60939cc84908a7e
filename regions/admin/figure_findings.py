"""The self-audit in the admin: its questions beside a figure, after saving one, and on a page of their own."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.publishing.scope import visible_to
from regions.figure_audit.finding import Finding, answers
from regions.figure_audit.reading import MOST, findings_about, findings_in_scope
from regions.models import Figure


@dataclass(frozen=True, slots=True)
class Question:
    """A finding as the page shows it: `others` are the figures it names, each with its address where the user may open it."""

    finding: Finding
    others: tuple[tuple[Any, str], ...]

    @property
    def url(self) -> str:
        return change_url(self.finding.figure)


def change_url(figure: Any) -> str:
    return reverse("admin:regions_figure_change", args=[figure.pk])


def questions_beside(figure: Figure, user: Any) -> list[Question]:
    """Open ones first; two queries, one where nobody else's figure is named."""
    findings = sorted(findings_about(figure), key=lambda finding: finding.is_answered)
    named = {one.pk for finding in findings for one in (finding.figure, *finding.others)} - {figure.pk}
    own = set(visible_to(Figure.objects.filter(pk__in=named), user).values_list("pk", flat=True)) if named else set()
    return [_question(finding, own, besides=figure) for finding in findings]


def _question(finding: Finding, own: set[Any], *, besides: Any = None) -> Question:
    named = [one for one in (finding.figure, *finding.others) if besides is None or one.uuid != besides.uuid]
    return Question(finding, tuple((one, change_url(one) if one.pk in own else "") for one in named))


def settle_answers(figure: Figure, saved: set[str]) -> list[Finding]:
    """Let the notes just written answer what there is to ask of the figure in hand; give what stays open. One query."""
    findings = findings_about(figure)
    figure.answered = answers((finding for finding in findings if finding.figure is figure), saved)
    return [finding for finding in findings if not finding.is_answered]


def open_sentence(figure: Figure, still_open: list[Finding]) -> str:
    """What to tell the editor after saving: how many questions are open, and the first."""
    count = len(still_open)
    told = ngettext("已保存，有 %(count)s 个问题请回答：", "已保存，有 %(count)s 个问题请回答：", count)
    return told % {"count": count} + still_open[0].sentence


class FindingsMixin:
    """A page of every open question in the user's regions, beside the list of figures."""

    admin_site: Any
    has_view_permission: Any

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.audit_view)
        return [path("audit/", page, name="regions_figure_audit"), *super().get_urls()]  # type: ignore[misc]  # -- of the admin mixed with

    def audit_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        findings, is_whole = findings_in_scope(request.user)
        still_open = [finding for finding in findings if not finding.is_answered]
        own = {finding.figure.pk for finding in findings}
        own |= {one.pk for finding in findings for one in finding.others if getattr(one, "is_mine", True)}
        context = {
            **self.admin_site.each_context(request),
            "title": _("数据自查"),
            "opts": Figure._meta,
            "questions": [_question(finding, own, besides=finding.figure) for finding in still_open],
            "answered_count": len(findings) - len(still_open),
            "most": "" if is_whole else MOST,
        }
        return TemplateResponse(request, "admin/regions/figure/audit.html", context)
