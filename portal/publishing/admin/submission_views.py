"""Submissions: the lists of them, and the page on which one is reviewed and published."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.publishing.admin.moment import AppearForm
from portal.publishing.admin.staff_page import StaffPage
from portal.publishing.desk.card import Card, cards_of
from portal.publishing.desk.deeds import Outcome, do
from portal.publishing.desk.submissions import submissions
from portal.publishing.desk.waiting import visible_items
from portal.publishing.models import Submission

PAGE = 50
WHICH = {"review": gettext_lazy("待我审核"), "mine": gettext_lazy("我送审的"), "all": gettext_lazy("全部")}
NO_OUTCOME = Outcome()


class SubmissionsView(StaffPage):
    template = "admin/desk/submissions.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        which = request.GET.get("show", "all")
        if which not in WHICH:
            raise Http404
        page = Paginator(submissions(user, which), PAGE).get_page(request.GET.get("p"))
        return self.page(request, title=_("送审"), which=which, choices=WHICH, page=page)


class SubmissionView(StaffPage):
    template = "admin/desk/submission.html"

    def get(self, request: HttpRequest, key: int) -> HttpResponse:
        submission, cards = self._read(request, key)
        return self._answer(request, submission, cards, NO_OUTCOME)

    def post(self, request: HttpRequest, key: int) -> HttpResponse:
        user: Any = request.user
        submission, cards = self._read(request, key)
        outcome = do(cards, request.POST, user)
        if outcome.done:
            messages.success(request, outcome.done)
            return HttpResponseRedirect(reverse("admin:submission", args=[submission.pk]))
        submission, cards = self._read(request, key)
        return self._answer(request, submission, cards, outcome, status=400)

    def _read(self, request: HttpRequest, key: int) -> tuple[Submission, list[Card]]:
        user: Any = request.user
        submission = Submission.objects.select_related("created_by").filter(pk=key).first()
        items = visible_items(user).filter(submission=key).select_related("region") if submission else ()
        if submission is None or not items:
            raise Http404
        return submission, cards_of(submission, items, user)

    def _answer(
        self, request: HttpRequest, submission: Submission, cards: list[Card], outcome: Outcome, status: int = 200
    ) -> HttpResponse:
        found = [(entry, _page_of(entry), problems) for entry, problems in outcome.findings.items()]
        return self.page(
            request,
            status,
            title=_("送审：%(title)s") % {"title": cards[0].item.title},
            submission=submission,
            cards=cards,
            to_approve=[card for card in cards if card.may_approve and not card.has_changed],
            notices=[card.notice for card in cards if card.notice],
            to_publish=[card for card in cards if card.may_publish and not card.has_changed],
            when=AppearForm(request.POST if outcome.refusal and request.POST.get("do") == "publish" else None),
            outcome=outcome,
            findings=found,
        )


def _page_of(entry: Any) -> str:
    options = entry._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[entry.pk])
