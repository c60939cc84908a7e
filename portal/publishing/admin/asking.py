"""May the person at the page do this? Asked once a request of each row, before a form writes what was typed into it."""

from typing import Any

from django.http import HttpRequest

from portal.publishing.rights import Act, Answer, may


def ask(request: HttpRequest, act: Act, row: Any) -> Answer:
    answers: dict[Any, Answer] = request.__dict__.setdefault("answers", {})
    key = (act, row._meta.label, row.pk)
    if key not in answers or row.pk is None:
        user: Any = request.user
        answers[key] = may(user, act, row)
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
