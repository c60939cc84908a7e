"""The form of every entry and child: clean text, partial dates, whole constraints, pickers that keep what is chosen.

What a draft may lack is not asked for until the entry is published: the gate lists it.
"""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import ForeignKey, Model
from django.forms.models import InlineForeignKeyField, construct_instance
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from portal.publishing.admin.bases import ModelForm
from portal.publishing.admin.constraints import broken_constraints, place_of
from portal.publishing.admin.moment import ExactDateTime
from portal.publishing.admin.picker import PickField, PickManyField
from portal.publishing.admin.text_input import PartialDateInput
from portal.publishing.gate.completeness import may_wait
from portal.staff.text_box import guard_text

NEEDED_HINT = _("发布前必填，草稿可以先空着。")
STALE_HINT = _("中文已改动，这段译文可能过时，请核对。")


class PortalForm(ModelForm):
    constraint_places: ClassVar[dict[str, str]] = {}
    """Form field at which a constraint, by its name, is explained, where the general rule would choose badly."""
    boxes: ClassVar[dict[str, str]] = {}
    """Form field that stands for a column of another name."""
    row_number = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._let_wait()
        for name in self._partial_dates():
            self.initial.setdefault(name, getattr(self.instance, name))
        for name, field in self.fields.items():
            guard_text(field)
            if isinstance(field, ExactDateTime):
                field.stored = self.initial.get(name) if self.instance.pk is not None else None
        if self.instance.pk is not None:
            self._keep_chosen()
            self._mark_stale_translations()

    def _let_wait(self) -> None:
        for name in may_wait(self._meta.model):
            if name not in self.fields:
                continue
            field = self.fields[name]
            field.required = False
            field.help_text = format_lazy("{} {}", field.help_text, NEEDED_HINT)

    def _partial_dates(self) -> list[str]:
        return [name for name, field in self.fields.items() if isinstance(field, PartialDateInput)]

    def _keep_chosen(self) -> None:
        for name, field in self.fields.items():
            chosen = self.initial.get(name)
            if isinstance(field, PickField) and chosen:
                field.keep([chosen])
            elif isinstance(field, PickManyField) and chosen:
                field.keep([row.pk for row in chosen])

    def _mark_stale_translations(self) -> None:
        stale: list[str] = getattr(self.instance, "stale_translations", list)()
        for field in (self.fields.get(f"{name}_en") for name in stale):
            if field is not None:
                field.help_text = format_lazy("{} {}", STALE_HINT, field.help_text)
                field.widget.attrs["class"] = f"{field.widget.attrs.get('class', '')} stale-translation".strip()

    def add_error(self, field: str | None, error: Any) -> None:
        """Show what a model says about a column at the box that holds it, or above the form where there is none."""
        problems = error if isinstance(error, ValidationError) else ValidationError(error)
        if field is None and hasattr(problems, "error_dict"):
            for column, messages in problems.error_dict.items():
                self.add_error(column, ValidationError(messages))
            return
        if field is not None and field != NON_FIELD_ERRORS:
            field = self.boxes.get(field, field)
            field = field if field in self.fields else None
        super().add_error(None if field == NON_FIELD_ERRORS else field, problems)

    def _post_clean(self) -> None:
        """As Django's, but partial dates are set too and constraints are checked whole."""
        exclude = self._get_validation_exclusions()  # type: ignore[attr-defined]  # -- Django's own hook
        exclude |= {name for name, field in self.fields.items() if isinstance(field, InlineForeignKeyField)}
        self.instance = construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
        for name in self._partial_dates():
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])
        self._prepare_instance()
        try:
            self.instance.full_clean(exclude=exclude, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined]  # -- Django's own hook
        self.validate_unique()
        for constraint, problem in broken_constraints(self.instance, skip=self._unknown_columns()):
            place = place_of(constraint, self.instance, dict(self._boxes()), self.constraint_places)
            self.add_error(place, problem)

    def clean_position(self) -> int:
        """A row without a number stands where it is."""
        position: int | None = self.cleaned_data["position"]
        return self.row_number if position is None else position

    def _prepare_instance(self) -> None:
        """Set columns that follow from several boxes, before the row is checked."""

    def _boxes(self) -> Iterator[tuple[str, str]]:
        yield from ((name, name) for name, field in self.fields.items() if not isinstance(field, InlineForeignKeyField))
        for name in self._partial_dates():
            yield from ((f"{name}_{part}", name) for part in ("from", "until", "precision"))
        yield from self.boxes.items()

    def _unknown_columns(self) -> set[str]:
        return {column for column, box in self._boxes() if box in self.errors}


def partial_date_inputs(model: type[Model]) -> dict[str, forms.Field]:
    """The boxes of a model's partial dates, by name."""
    fields: dict[str, Any] = getattr(model, "partial_date_fields", {})
    return {name: PartialDateInput(label=field.verbose_name, help_text=field.help_text) for name, field in fields.items()}


def inner(widget: Any) -> Any:
    """The widget itself, without the frame that adds the links to its rows."""
    return widget.widget if isinstance(widget, RelatedFieldWidgetWrapper) else widget


def is_relation(field: Any) -> bool:
    return isinstance(field, ForeignKey)
