"""The page before several entries are handed in: what each still lacks, a note, and a reason to go on all the same."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.publishing.admin.staff_page import StaffPage
from portal.publishing.aggregate import shape_of
from portal.publishing.desk.branch import entry_types, title_relations
from portal.publishing.desk.deeds import number, words
from portal.publishing.gate import Finding, findings
from portal.publishing.lifecycle import StaleVersionError
from portal.publishing.rights import Act, may
from portal.publishing.scope import visible_to
from portal.publishing.workflow import RefusedError, UnfinishedError, submit
from portal.publishing.workflow.submitting import MOST

VERSION = "version-"


@dataclass(frozen=True, slots=True)
class Candidate:
    """`why_not` says why this one is not handed in."""

    entry: Any
    why_not: str
    findings: list[Finding]

    @property
    def url(self) -> str:
        options = self.entry._meta
        return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[self.entry.pk])


class SubmitView(StaffPage):
    template = "admin/desk/submit.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        keys = [number(key) for key in request.GET.get("keys", "").split(",")]
        return self._answer(request, _model(request.GET.get("type", "")), keys)

    def post(self, request: HttpRequest) -> HttpResponse:
        """What is handed in, and in which version it was seen, stands in boxes named after the keys."""
        user: Any = request.user
        model = _model(request.POST.get("type", ""))
        versions = {number(name.removeprefix(VERSION)): number(request.POST[name]) for name in request.POST if VERSION in name}
        try:
            entries = _seen(model, list(versions), user)
            if len(entries) != len(versions):
                raise RefusedError(_("有的内容您看不到，或已不存在，什么都没有送审。"))
            for entry in entries:
                entry.version = versions[entry.pk]
            note, override = words(request.POST.get("note", "")), words(request.POST.get("override", ""))
            submission = submit(entries, by=user, note=note, override=override)
        except UnfinishedError:
            refusal = _("还缺下面列出的内容，没有送审。补上再送，或写明放行理由。")
        except (RefusedError, StaleVersionError) as error:
            refusal = str(error)
        else:
            count = len(versions)
            messages.success(request, ngettext("已送审 %(count)d 条。", "已送审 %(count)d 条。", count) % {"count": count})
            return HttpResponseRedirect(reverse("admin:submission", args=[submission.pk]))
        return self._answer(request, model, list(versions), refusal)

    def _answer(self, request: HttpRequest, model: Any, keys: list[int], refusal: str = "") -> HttpResponse:
        user: Any = request.user
        entries = _seen(model, keys[: MOST + 1], user)
        if not entries and not refusal:
            raise Http404
        together = {entry.uuid for entry in entries}
        candidates = [_candidate(entry, user, together) for entry in entries]
        return self.page(
            request,
            400 if refusal else 200,
            title=_("送审"),
            type=model.type_label(),
            opts=model._meta,
            candidates=candidates,
            ready=[one for one in candidates if not one.why_not],
            is_lacking=any(one.findings for one in candidates),
            is_too_many=len(keys) > MOST,
            most=MOST,
            refusal=refusal,
            note=request.POST.get("note", ""),
            override=request.POST.get("override", ""),
        )


def _candidate(entry: Any, user: Any, together: set[Any]) -> Candidate:
    answer = may(user, Act.SUBMIT, entry)
    return Candidate(entry, "" if answer else answer.why, findings(entry, also_public=together) if answer else [])


def _model(label: str) -> Any:
    found = next((model for model in entry_types() if model.type_label() == label), None)
    if found is None:
        raise Http404
    return found


def _seen(model: Any, keys: list[int], user: Any) -> list[Any]:
    """With the rows that the gate reads, each set by one query for all."""
    shape = shape_of(model)
    sets = [one.name for one in shape.row_sets]
    rows = visible_to(model._base_manager.filter(pk__in=keys), user).order_by("pk")
    return list(rows.select_related(*title_relations(model)).prefetch_related(*shape.relations, *sets))
