"""Taking the text of one publication out of the history, for somebody's privacy: the site administrator's, by name and reason."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.publishing.admin.history import HistoryMixin
from portal.publishing.admin.step_forms import text_box
from portal.publishing.editions import erase_payload
from portal.publishing.models import Edition
from portal.publishing.rights import is_administrator
from portal.publishing.workflow.steps import has_words
from portal.staff.text_box import guard_text


class EraseForm(forms.Form):
    label = gettext_lazy("清除内容")
    reason = text_box(
        gettext_lazy("清除理由"),
        gettext_lazy("例如“含已离职人员的个人信息，本人要求删除”。会和您的姓名一起永久留下。"),
        required=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guard_text(self.fields["reason"])

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"].strip()
        if not has_words(reason):
            raise forms.ValidationError(_("请写明清除的理由。"), code="required")
        return reason


class EraseMixin(HistoryMixin):
    def get_urls(self) -> list[Any]:
        erase = self.admin_site.admin_view(self.erase_view)
        return [path("<path:object_id>/history/<int:key>/erase/", erase, name=self._page_name("erase")), *super().get_urls()]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        user: Any = request.user
        return super().history_view(request, object_id, {"may_erase": is_administrator(user), **(extra_context or {})})

    def erase_view(self, request: HttpRequest, object_id: str, key: int) -> HttpResponseBase:
        entry, user = self._readable(request, object_id), request.user
        if not is_administrator(user):  # type: ignore[arg-type]  # -- staff of ours
            raise PermissionDenied
        edition = self._editions(request, entry).filter(pk=key, number__isnull=False).first()
        if edition is None or edition.erased_at is not None:
            raise Http404
        if sentence := _why_not(entry, edition):
            self.message_user(request, sentence, messages.ERROR)
            return self._history_of(entry)
        form = EraseForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            return self._erase_page(request, entry, edition, form)
        try:
            erase_payload(edition, by=user, reason=form.cleaned_data["reason"])
        except ValueError as problem:  # somebody else erased it at this moment
            self.message_user(request, str(problem), messages.ERROR)
        else:
            self.message_user(request, _("已清除第 %(number)d 版的内容。") % {"number": edition.number}, messages.SUCCESS)
        return self._history_of(entry)

    def _erase_page(self, request: HttpRequest, entry: Any, edition: Edition, form: EraseForm) -> HttpResponseBase:
        notice = _("第 %(number)d 版的全部文字将永久清除，不能恢复；时间、人员、理由和校验值留下。") % {"number": edition.number}
        context = {
            **self.admin_site.each_context(request),
            "title": _("清除内容：%(entry)s") % {"entry": entry},
            "opts": self.opts,
            "entry": entry,
            "form": form,
            "notice": notice,
            "change_url": reverse(f"admin:{self._page_name('history')}", args=[entry.pk]),
            "media": form.media,
        }
        return TemplateResponse(request, "admin/step.html", context, status=400 if form.is_bound else 200)

    def _history_of(self, entry: Any) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse(f"admin:{self._page_name('history')}", args=[entry.pk]))


def _why_not(entry: Any, edition: Edition) -> str:
    """What readers read now is corrected or withdrawn first, or the text would stay where it is; one query."""
    live = entry if entry.is_live else entry.copy_of
    last = Edition.objects.of(entry).numbered().order_by("-number").values_list("pk", flat=True).first()
    if not live.is_published() or last != edition.pk:
        return ""
    return _("第 %(number)d 版就是读者现在看到的内容。请先更正或撤回，再清除。") % {"number": edition.number}
