"""A date known to the year, half-year, quarter, month or day, kept in three columns."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.text.partial_date import PartialDate, Precision

PRECISIONS = [
    (Precision.YEAR.value, _("年")),
    (Precision.HALF.value, _("半年")),
    (Precision.QUARTER.value, _("季度")),
    (Precision.MONTH.value, _("月")),
    (Precision.DAY.value, _("日")),
]


class PartialDateField:
    """Adds `<name>_from`, `<name>_until`, `<name>_precision`; the attribute `<name>` reads and writes a PartialDate or None.

    Forms and the sample write it as `2021`, `2021-H2`, `2021-Q3`, `2021-08` or `2021-08-05`.
    """

    def __init__(self, verbose_name: Any, help_text: Any = "") -> None:
        self.verbose_name = verbose_name
        self.help_text = help_text

    if TYPE_CHECKING:  # what `read` and `write` make of the attribute

        def __get__(self, row: Any, owner: Any = None) -> PartialDate | None: ...
        def __set__(self, row: Any, value: PartialDate | None) -> None: ...

    def contribute_to_class(self, model: type[models.Model], name: str) -> None:
        self.name = name
        model.add_to_class(f"{name}_from", models.DateField(self.verbose_name, null=True, blank=True, editable=False))
        model.add_to_class(f"{name}_until", models.DateField(self.verbose_name, null=True, blank=True, editable=False))
        model.add_to_class(
            f"{name}_precision",
            models.CharField(self.verbose_name, max_length=7, choices=PRECISIONS, blank=True, default="", editable=False),
        )
        setattr(model, name, property(self.read, self.write))
        model.partial_date_fields = {**getattr(model, "partial_date_fields", {}), name: self}  # type: ignore[attr-defined]  # -- read by the admin forms

    def read(self, row: Any) -> PartialDate | None:
        first = getattr(row, f"{self.name}_from")
        if first is None:
            return None
        precision = Precision(getattr(row, f"{self.name}_precision"))
        return PartialDate(first, getattr(row, f"{self.name}_until"), precision)

    def write(self, row: Any, value: PartialDate | None) -> None:
        setattr(row, f"{self.name}_from", value.first if value else None)
        setattr(row, f"{self.name}_until", value.last if value else None)
        setattr(row, f"{self.name}_precision", value.precision.value if value else "")


def partial_date_constraints(*names: str) -> list[models.CheckConstraint]:
    """Each date is either whole (first day ≤ last day, with a precision) or wholly absent."""
    return [
        models.CheckConstraint(
            name=f"%(app_label)s_%(class)s_{name}_whole",
            condition=Q(**{f"{name}_from__isnull": True, f"{name}_until__isnull": True, f"{name}_precision": ""})
            | (Q(**{f"{name}_from__lte": models.F(f"{name}_until")}) & ~Q(**{f"{name}_precision": ""})),
            violation_error_message=_("日期不完整，请写成 2021、2021-H2、2021-Q3、2021-08 或 2021-08-05。"),
        )
        for name in names
    ]
