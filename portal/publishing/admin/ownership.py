"""What a form asks besides its boxes: a row is written only into regions that its writer may give it."""

from collections.abc import Iterator
from typing import Any

from portal.publishing.rights import EDITORS, Act, Answer, may, may_by_role, refusal_in
from portal.staff.roles import holds, region_model


def refusals(form: Any) -> Iterator[tuple[str, str]]:
    """Pairs of box and sentence, for the row in hand as it was typed."""
    user, entry = form.user, form.instance
    owner = "parent" if isinstance(entry, region_model()) else "region"
    if user is None or owner in form.errors:
        return
    for answer in _of_owner(form, owner):
        if not answer:
            yield owner, answer.why
            return


def _of_owner(form: Any, owner: str) -> Iterator[Answer]:
    user, entry = form.user, form.instance
    if form.is_new:
        yield may(user, Act.CREATE, entry)
    elif owner in form.fields and form.initial.get(owner) != getattr(entry, f"{owner}_id"):
        if owner == "region":
            yield may_by_role(user, Act.EDIT, entry)
            return
        for key in (form.initial.get(owner), entry.parent_id):
            yield Answer(True, "") if holds(user, EDITORS, key) else refusal_in(user, Act.EDIT, entry, key)
