"""The page that takes a policy's full text, shows which clauses it makes, and writes them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies.admin.clause_plan import Plan, plan_clauses, summary_of, write_clauses
from policies.models import Policy
from portal.publishing.admin.asking import ask, is_overtaken
from portal.publishing.admin.bases import ModelAdmin
from portal.publishing.admin.entry import read_again_when_stale
from portal.publishing.admin.text_input import Textarea
from portal.publishing.admin.versioned_form import VersionInput
from portal.publishing.lifecycle import finish_entry, save_entry
from portal.publishing.rights import Act
from portal.text.errors import TextError
from portal.text.folding import MAX_TEXT_LENGTH

ADDRESS = "policies_policy_paste"


class PasteForm(forms.Form):
    """`plan` is set once the text can be read."""

    version = VersionInput(required=False)
    text = forms.CharField(
        label=gettext_lazy("政策全文"),
        max_length=MAX_TEXT_LENGTH,
        widget=Textarea(attrs={"rows": "24", "class": "vLargeTextField"}),
        help_text=gettext_lazy("从原文件复制，整篇粘贴。每一条要从一行的开头写起，例如“第一条 为解决……”。"),
    )
    with_body = forms.BooleanField(label=gettext_lazy("把第一条之前的文字写进“正文”，代替现在的正文"), required=False)
    removing = forms.BooleanField(label=gettext_lazy("删去粘贴的文字里没有的条款"), required=False)
    plan: Plan | None = None

    def __init__(self, policy: Policy, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policy = policy

    @property
    def is_stale(self) -> bool:
        return bool(self.cleaned_data.get("version") != self.policy.version)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        try:
            self.plan = plan_clauses(self.policy, text)
        except TextError as error:
            raise ValidationError(str(error), code=error.code) from error
        if self.plan.errors:
            raise ValidationError(self.plan.errors)
        return text

    def clean(self) -> dict[str, Any]:
        """The text before the first clause must be fit for the body it becomes."""
        cleaned = self.cleaned_data
        if self.plan is not None and cleaned.get("with_body") and self.plan.preamble:
            self.policy.body = self.plan.preamble
            try:
                self.policy.clean()
            except ValidationError as error:
                if sentences := error.message_dict.get("body"):
                    raise ValidationError(sentences) from error
        return cleaned


class PasteMixin(ModelAdmin):
    def get_urls(self) -> list[Any]:
        paste = self.admin_site.admin_view(self.paste_view)
        return [path("<path:object_id>/clauses/", paste, name=ADDRESS), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        policy = context.get("original")
        if policy is not None and self.has_change_permission(request, policy):
            paste = reverse(f"admin:{ADDRESS}", args=[policy.pk])
            context["tools"] = [*context.get("tools", ()), (_("粘贴全文，拆成条款"), paste)]
        return super().render_change_form(request, context, *args, **kwargs)

    @read_again_when_stale
    def paste_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        policy = self.get_object(request, unquote(object_id))
        if policy is None:
            raise Http404
        if not self.has_change_permission(request, policy):
            raise PermissionDenied
        if request.method != "POST":
            return self._page(request, policy, PasteForm(policy, initial={"version": policy.version}))
        form = PasteForm(policy, request.POST)
        if is_overtaken(request, policy):
            return self._page(request, policy, form, why_locked=ask(request, Act.EDIT, policy).why)
        is_good = form.is_valid()
        if is_good and "_save" in request.POST and not form.is_stale:
            return self._write(request, policy, form)
        return self._page(request, policy, form, is_saving="_save" in request.POST)

    def _write(self, request: HttpRequest, policy: Policy, form: PasteForm) -> HttpResponseBase:
        plan: Any = form.plan
        removing = form.cleaned_data["removing"]
        with transaction.atomic():
            save_entry(policy, by=request.user, expected_version=form.cleaned_data["version"])
            write_clauses(plan, removing=removing)
            finish_entry(policy)
            sentence = summary_of(plan, removing=removing)
            self.log_change(request, policy, sentence)
        self.message_user(request, sentence, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:policies_policy_change", args=[policy.pk]))

    def _page(
        self, request: HttpRequest, policy: Policy, form: PasteForm, *, is_saving: bool = False, why_locked: str = ""
    ) -> TemplateResponse:
        """The next saving is done on the version the page shows. `why_locked`: nothing can be saved, the text is given back."""
        is_previewed = form.is_bound and not why_locked and form.is_valid()
        context = {
            **self.admin_site.each_context(request),
            "title": _("粘贴全文，拆成条款"),
            "subtitle": str(policy),
            "opts": self.opts,
            "original": policy,
            "form": form,
            "plan": form.plan if is_previewed else None,
            "is_stale": is_saving and is_previewed and form.is_stale,
            "why_locked": why_locked,
            "version": policy.version,
            "has_body": bool(Policy.objects.values_list("body", flat=True).get(pk=policy.pk)),
        }
        return TemplateResponse(request, "admin/policies/policy/paste.html", context, status=409 if why_locked else 200)
