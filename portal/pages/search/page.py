from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.encoding import force_str

from portal.lists.parameters import clean_query
from portal.lists.search_question import AS_TYPED, WORDS, SearchQuestion, Vocabulary
from portal.pages.search.choices import Choices
from portal.publishing.found_entries import FoundEntry, read_found
from portal.search.searching import Found
from portal.search.unanswered import count_unanswered
from portal.staff.limit import is_over_limit
from portal.web.public_view import PublicView
from portal.web.templatetags.texts import page_language

PAGE_SIZE = 20
MOST_COUNTED = 120
"""Searches without a result that are written down within a minute, by each worker."""


@dataclass(frozen=True, slots=True)
class Group:
    """The results of one type on a page. `total` of them match; `query` shows only these, "" where it does already."""

    name: str
    entries: list[FoundEntry]
    total: int
    query: str


class SearchPage(PublicView):
    """Results of all types by type, best first. The types stand in the order of their best."""

    reads_own_parameters = True
    vocabulary = Vocabulary({}, ())

    def get(self, request: HttpRequest) -> HttpResponse:
        question = SearchQuestion.read(request.GET, self.vocabulary)
        if any(not str(value).strip() for name, value in request.GET.items() if name != WORDS):
            query = clean_query(question.values)
            return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)
        found = question.find(PAGE_SIZE, with_cells=True)
        response = render(request, "pages/search.html", self._context(question, found))
        if not (found.total or found.is_empty or question.chosen):
            self._count(request, question)
            response["Cache-Control"] = "no-store"  # counted each time, not once for each worker
        return response

    def _count(self, request: HttpRequest, question: SearchQuestion) -> None:
        if request.method == "GET" and not is_over_limit("unanswered", MOST_COUNTED, 60):
            count_unanswered(question.text, timezone.localdate())

    def _context(self, question: SearchQuestion, found: Found) -> dict[str, Any]:
        context = {"search_text": question.text, "question": question, "found": found, "total": found.total}
        if found.is_empty:
            return context
        language = page_language()
        choices = Choices(question, found.cells, self.vocabulary, language)
        entries = read_found(found.hits, found.marks, language)
        next_token, previous = question.next(found, PAGE_SIZE), question.previous(PAGE_SIZE)
        return context | {
            "form": choices.form(),
            "rows": entries,
            "groups": self._groups(question, entries, choices),
            "others": [other for others in found.synonyms.values() for other in others],
            "as_typed_query": clean_query(question.values, **{AS_TYPED: "yes"}),
            "judged_on": timezone.localdate(),
            "next_query": clean_query(question.values, cursor=next_token) if next_token else "",
            "previous_query": clean_query(question.values, cursor=previous) if previous else "",
        }

    def _groups(self, question: SearchQuestion, entries: Sequence[FoundEntry], choices: Choices) -> list[Group]:
        totals, grouped = choices.kinds(), dict[str, list[FoundEntry]]()
        for entry in entries:
            grouped.setdefault(entry.kind, []).append(entry)
        return [self._group(question, kind, found, totals[kind]) for kind, found in grouped.items()]

    def _group(self, question: SearchQuestion, kind: str, entries: list[FoundEntry], total: int) -> Group:
        plural = self.vocabulary.plural_of(kind)
        query = "" if "type" in question.values else clean_query(question.values, type=plural)
        return Group(force_str(self.vocabulary.kinds[plural]._meta.verbose_name), entries, total, query)
