"""The steps of the workflow on the page of every entry: buttons there, and a page for what a step asks."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from portal.publishing.admin.asking import ask, forget_answers
from portal.publishing.admin.bases import ModelAdmin
from portal.publishing.admin.step_forms import STEPS, ApproveForm, OpenForm, RenewForm, StepForm, SubmitForm
from portal.publishing.filling import LostReferenceError
from portal.publishing.gate import Finding, findings
from portal.publishing.gate.whole import row_sets
from portal.publishing.lifecycle import StaleVersionError
from portal.publishing.models import OPEN, SETTLED, Publishable, Review, State, SubmissionItem, WorkingCopy
from portal.publishing.rights import Act, is_judge
from portal.publishing.scope import visible_to
from portal.publishing.workflow import RefusedError, UnfinishedError, submit, why_not_approve, withdrawn_meanwhile
from portal.publishing.working_copy import copies_of, is_behind


@dataclass(frozen=True, slots=True)
class Button:
    """One step an entry can take now: `why` is why this person may not, else empty."""

    step: str
    label: Any
    url: str
    why: str
    is_at_once: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an entry stands on its way, as its page tells it."""

    buttons: list[Button]
    item: SubmissionItem | None
    returned: Review | None
    live_url: str
    copies: list[tuple[Any, str]]
    about: WorkingCopy | None
    is_behind: bool


class StepMixin(ModelAdmin):
    def get_urls(self) -> list[Any]:
        step = self.admin_site.admin_view(self.step_view)
        return [path("<path:object_id>/step/<slug:step>/", step, name=self._step_address()), *super().get_urls()]

    def step_view(self, request: HttpRequest, object_id: str, step: str) -> HttpResponseBase:
        """Ask for what the step needs, or take it; every answer but a sentence is a redirect."""
        entry = self.get_object(request, unquote(object_id))
        form_class = STEPS.get(step)
        if entry is None or form_class is None:
            raise Http404
        answer = ask(request, form_class.act, entry)
        if request.method == "POST":
            form = form_class(request.POST)
            if not answer:
                raise PermissionDenied
            if form.is_valid():
                return self._take(request, entry, form)
            return self._step_page(request, entry, form, status=400)
        if form_class.is_at_once or not answer:
            if not answer:
                self.message_user(request, answer.why, messages.ERROR)
            return self._page_of(entry)
        return self._step_page(request, entry, form_class(initial=_initial(entry)))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        entry = context.get("original")
        if entry is not None:
            context["standing"] = self._standing(request, entry)
            if entry.state == State.DRAFT:
                context["findings"] = _stored_findings(entry, context)
        context["may_hand_in"] = entry is None or (entry.state == State.DRAFT and bool(ask(request, Act.SUBMIT, entry)))
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        return self._hand_in(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> Any:
        return self._hand_in(request, obj) or super().response_change(request, obj)

    def _hand_in(self, request: HttpRequest, entry: Any) -> HttpResponseBase | None:
        """«Save and hand in»: at once where nothing is missing, else the page that says what is."""
        if "_hand_in" not in request.POST:
            return None
        try:
            submit([type(entry)._base_manager.get(pk=entry.pk)], by=request.user)
        except UnfinishedError:
            return HttpResponseRedirect(reverse(f"admin:{self._step_address()}", args=[entry.pk, SubmitForm.name]))
        except RefusedError as error:
            self.message_user(request, str(error), messages.ERROR)
            return self._page_of(entry)
        self.message_user(request, SubmitForm.done, messages.SUCCESS)
        return self._page_of(entry)

    def _take(self, request: HttpRequest, entry: Any, form: StepForm) -> HttpResponseBase:
        entry.version = form.cleaned_data["version"]
        try:
            with transaction.atomic():
                user: Any = request.user
                after = form.take(entry, _item_of(entry), user)
        except UnfinishedError as error:
            form.add_error(None, _("还有下面的问题。改好再来，或者写明放行理由。") if error.findings else str(error))
            return self._step_page(
                request, entry, form, status=400, found=[one for some in error.findings.values() for one in some]
            )
        except (RefusedError, LostReferenceError) as error:
            form.add_error(None, str(error))
            return self._step_page(request, entry, form, status=400)
        except StaleVersionError as error:
            form.add_error(None, _("您打开页面之后，这条内容又变过，这一步没有做。请看过现在的内容再决定。"))
            return self._step_page(request, error.entry, form, status=409)
        forget_answers(request)
        self.message_user(request, form.done, messages.SUCCESS)
        if form.warning:
            self.message_user(request, form.warning, messages.WARNING)
        return self._page_of(after)

    def _step_page(
        self, request: HttpRequest, entry: Any, form: StepForm, *, status: int = 200, found: list[Any] | None = None
    ) -> HttpResponseBase:
        if found is None:
            found = findings(entry) if form.asks_gate else []
        if not found and not form.data.get("override"):
            form.fields.pop("override", None)
        notice = withdrawn_meanwhile(entry) if form.act is Act.PUBLISH else ""
        if not notice:
            form.fields.pop("brings_back", None)
        address = reverse(f"admin:{self._change_address()}", args=[entry.pk])
        if form.is_bound:
            form.data = {**form.data.dict(), **{name: str(value) for name, value in _initial(entry).items()}}  # type: ignore[attr-defined]  # -- posted data is a QueryDict
        context = {
            **self.admin_site.each_context(request),
            "title": _("%(step)s：%(entry)s") % {"step": form.label, "entry": entry},
            "opts": self.opts,
            "entry": entry,
            "form": form,
            "findings": found,
            "notice": notice,
            "change_url": address,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/step.html", context, status=status)

    def _standing(self, request: HttpRequest, entry: Any) -> Standing:
        user: Any = request.user
        is_draft = entry.state == State.DRAFT
        item, came_back = (None, _return_of(entry)) if is_draft else (_item_of(entry), None)
        about = None if entry.is_live else WorkingCopy.objects.get(entry_type=entry.type_label(), entry_id=entry.pk)
        behind = about is not None and is_draft and is_behind(entry, about)
        others = (
            list(visible_to(copies_of(entry, (*OPEN, State.SCHEDULED)), user)) if entry.is_live and entry.state in SETTLED else []
        )
        has_open = any(copy.state in OPEN for copy in others)
        buttons = [
            self._button(request, entry, form, item)
            for form in STEPS.values()
            if _fits(form.name, entry, item)
            and not (form is OpenForm and has_open)
            and not (form is RenewForm and not behind)
            and (form.act not in JUDGING or is_judge(user))
        ]
        live_url = "" if entry.is_live else self._address_of(entry.copy_of)
        return Standing(buttons, item, came_back, live_url, [(copy, self._address_of(copy)) for copy in others], about, behind)

    def _button(self, request: HttpRequest, entry: Any, form: type[StepForm], item: Any) -> Button:
        answer = ask(request, form.act, entry)
        why = "" if answer else answer.why
        if not why and form is ApproveForm:
            why = why_not_approve(item, entry, request.user)
        url = reverse(f"admin:{self._step_address()}", args=[entry.pk, form.name])
        return Button(form.name, form.label, url, why, form.is_at_once)

    def _page_of(self, entry: Any) -> HttpResponseRedirect:
        return HttpResponseRedirect(self._address_of(entry))

    def _address_of(self, entry: Any) -> str:
        return reverse(f"admin:{self._change_address()}", args=[entry.pk])

    def _change_address(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_change"

    def _step_address(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_step"


WHEN: dict[str, tuple[State, ...]] = {
    "open": SETTLED,
    "renew": (State.DRAFT,),
    "submit": (State.DRAFT,),
    "approve": (State.REVIEW,),
    "publish": (State.APPROVED,),
    "return": (State.REVIEW, State.APPROVED),
    "recall": (State.REVIEW, State.APPROVED),
    "unschedule": (State.SCHEDULED,),
    "withdraw": (State.PUBLISHED,),
    "discard": (State.DRAFT,),
}
JUDGING = {Act.REVIEW, Act.RETURN}
"""What is not even mentioned to people who never review."""
OF_COPIES = {"renew", "unschedule", "discard"}


def _fits(step: str, entry: Publishable, item: SubmissionItem | None) -> bool:
    """Whether a step makes sense for a row in this state, whoever asks."""
    needs_item = step in {"approve", "return", "recall", "publish"}
    return entry.state in WHEN[step] and not (step in OF_COPIES and entry.is_live) and not (needs_item and item is None)


def _item_of(entry: Any) -> SubmissionItem | None:
    rows = SubmissionItem.objects.filter(entry_type=entry.type_label(), entry_id=entry.pk)
    open_states = (SubmissionItem.State.WAITING, SubmissionItem.State.APPROVED)
    return rows.filter(state__in=open_states).select_related("submission__created_by").first()


def _return_of(entry: Any) -> Review | None:
    """The step by which a draft came back, if that is the last that was done with it; one query."""
    steps = Review.objects.filter(entry_uuid=entry.uuid, item__entry_type=entry.type_label(), item__entry_id=entry.pk)
    last = steps.select_related("by", "item").order_by("-pk").first()
    return last if last is not None and last.verdict == Review.Verdict.RETURNED else None


def _stored_findings(entry: Any, context: dict[str, Any]) -> list[Finding]:
    """Of what is stored: the rows on the page are that too, unless they carry what was refused."""
    if context["adminform"].form.is_bound:
        return findings(type(entry)._base_manager.get(pk=entry.pk))
    shown = {one.formset.model: [form.instance for form in one.formset.initial_forms] for one in context["inline_admin_formsets"]}
    return findings(entry, read={rows.name: shown[rows.model] for rows in row_sets(entry.__class__) if rows.model in shown})


def _initial(entry: Any) -> dict[str, Any]:
    item = _item_of(entry)
    return {"version": entry.version, "step": item.passed + 1 if item else 1}
