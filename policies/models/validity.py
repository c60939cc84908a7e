"""Whether a policy is in force on a day: one rule as columns, as Python and as SQL.

The write path condenses dates, relations and an editor's override into `force_from`, `force_until` (inclusive),
`during` and `after`; every reading is then two comparisons.
"""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Case, CharField, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

NEVER = date(9999, 12, 31)
ALWAYS = date(1, 1, 1)


class Validity(models.TextChoices):
    IN_FORCE = "in_force", _("有效")
    NOT_YET = "not_yet", _("尚未生效")
    EXPIRED = "expired", _("失效")
    REPEALED = "repealed", _("废止")
    AMENDED = "amended", _("已修改")
    PARTLY = "partly", _("部分有效")
    UNKNOWN = "unknown", _("有效性不明")


STANDING = {Validity.IN_FORCE, Validity.AMENDED, Validity.PARTLY}
"""What may be said of a policy while it is in force."""


@dataclass(frozen=True, slots=True)
class Force:
    """`force_from` NEVER: not known to be in force on any day. `force_until` NEVER: no end known."""

    force_from: date
    force_until: date
    during: Validity
    after: Validity


def condense(
    *,
    effective_from: date | None,
    effective_until: date | None,
    plan_until: date | None,
    override: str,
    repealed_on: date | None = None,
    is_amended: bool = False,
) -> Force:
    """Turn what is known into a Force. A plan period alone says when the plan ends, not that it is in force before."""
    if override:
        return _overridden(Validity(override))
    end = effective_until or plan_until or NEVER
    after = Validity.EXPIRED
    if repealed_on is not None and repealed_on <= end:
        end, after = date.fromordinal(repealed_on.toordinal() - 1), Validity.REPEALED
    start = effective_from or NEVER
    return Force(start, end, Validity.AMENDED if is_amended else Validity.IN_FORCE, after)


def _overridden(status: Validity) -> Force:
    if status in STANDING:
        return Force(ALWAYS, NEVER, status, Validity.EXPIRED)
    if status in {Validity.EXPIRED, Validity.REPEALED}:
        return Force(NEVER, ALWAYS, Validity.IN_FORCE, status)
    return Force(NEVER, NEVER, Validity.IN_FORCE, Validity.EXPIRED)


def validity_on(force: Force, on: date) -> Validity:
    if force.force_until < on:
        return force.after
    if force.force_from == NEVER:
        return Validity.UNKNOWN
    if force.force_from > on:
        return Validity.NOT_YET
    return force.during


def validity_expression(on: date) -> Case:
    """The same rule as SQL, for a queryset of policies."""
    return Case(
        When(force_until__lt=on, then=F("after_force")),
        When(force_from=NEVER, then=Value(Validity.UNKNOWN.value)),
        When(force_from__gt=on, then=Value(Validity.NOT_YET.value)),
        default=F("during_force"),
        output_field=CharField(),
    )


def in_force_on(on: date) -> Q:
    return Q(force_from__lte=on, force_until__gte=on)
