"""How the columns of entries and children become form fields."""

from typing import Any

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.forms import CharField, DateField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.publishing.admin.bases import BaseModelAdmin
from portal.publishing.admin.form import partial_date_inputs
from portal.publishing.admin.moment import DateTimeBoxes, ExactDateTime, iso_date_box
from portal.publishing.admin.picker import PickerSelect, PickerSelectMultiple, PickField, PickManyField
from portal.publishing.admin.picks import is_publishable, picks_for
from portal.publishing.admin.text_input import Textarea


class FieldsMixin(BaseModelAdmin):
    """Relations to entries offer only what the user may pick; long text is kept with plain line ends."""

    formfield_overrides = {
        models.TextField: {"widget": Textarea},
        models.DateField: {"widget": iso_date_box()},
        models.DateTimeField: {"form_class": ExactDateTime, "widget": DateTimeBoxes},
    }
    view_on_site: Any = False

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, models.URLField):
            kwargs.setdefault("assume_scheme", "https")
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
            field.widget.can_view_related = False
        if isinstance(field, CharField) and isinstance(field.widget, Textarea):
            field.widget.attrs.setdefault("rows", "4")
        if isinstance(field, CharField):
            field.error_messages["max_length"] = _("最多 %(limit_value)d 个字，现在有 %(show_value)d 个，请缩短。")
        if isinstance(field, DateField):
            field.error_messages["invalid"] = _("这个日期要写到日，例如“2021-08-05”。只知道年份或月份就留空。")
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if not self._is_picked(db_field):
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        return self._picker(db_field, request, PickField, PickerSelect, kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if not self._is_picked(db_field) or not db_field.remote_field.through._meta.auto_created:
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        return self._picker(db_field, request, PickManyField, PickerSelectMultiple, kwargs)

    def _is_picked(self, db_field: Any) -> bool:
        return is_publishable(db_field.remote_field.model) and db_field.name in self.autocomplete_fields

    def _picker(self, db_field: Any, request: HttpRequest, form_class: Any, widget: Any, kwargs: dict[str, Any]) -> Any:
        picks = picks_for(db_field, request.user, self.admin_site)
        shown = widget(db_field, self.admin_site)
        field = db_field.formfield(**{**kwargs, "form_class": form_class, "queryset": picks.rows(), "widget": shown})
        field.picks = picks
        return field


def with_partial_dates(form: Any, model: Any) -> Any:
    """The form class with one box for each partial date of the model."""
    return type(form)(form.__name__, (form,), dict(partial_date_inputs(model)))
