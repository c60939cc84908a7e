"""May the person at the page do this? Asked once a request of each row, before a form writes what was typed into it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from portal.publishing.models import Child
from portal.publishing.rights import Act, Answer, may, may_by_role

FORMS = ("_change", "_paste", "_words")
"""How the addresses of pages are named on which somebody types."""


def ask(request: HttpRequest, act: Act, row: Any) -> Answer:
    user: Any = request.user
    return _once(request, act, row, lambda: may(user, act, row))


def is_overtaken(request: HttpRequest, row: Any) -> bool:
    """Whether the form of a row was sent by somebody who may write it, but it is locked by now: handed in, or published.

    The form comes back with everything that was typed, and is not valid.
    """
    if not _is_form_sent(request) or row is None or row.pk is None or ask(request, Act.EDIT, row):
        return False
    user: Any = request.user
    entry = row.parent if isinstance(row, Child) else row
    return bool(_once(request, "overtaken", row, lambda: may_by_role(user, Act.EDIT, entry)))


def _is_form_sent(request: HttpRequest) -> bool:
    match = request.resolver_match
    return request.method == "POST" and match is not None and str(match.url_name).endswith(FORMS)


def _once(request: HttpRequest, question: str, row: Any, answer: Callable[[], Answer]) -> Answer:
    answers: dict[Any, Answer] = request.__dict__.setdefault("answers", {})
    key = (question, row._meta.label, row.pk)
    if key not in answers or row.pk is None:
        answers[key] = answer()
    return answers[key]


def forget_answers(request: HttpRequest) -> None:
    """Rows are read again, so they are asked about again."""
    request.__dict__.pop("answers", None)


def has_page(request: HttpRequest, verb: str, model: Any) -> bool:
    """Whether there is such a page for the person at all, whatever the row."""
    options = model._meta
    return bool(request.user.has_perm(f"{options.app_label}.{verb}_{options.model_name}"))


def why_refused(request: HttpRequest) -> str:
    """The sentence of the last refusal of a request, if any."""
    refused = [answer.why for answer in request.__dict__.get("answers", {}).values() if not answer]
    return refused[-1] if refused else ""
