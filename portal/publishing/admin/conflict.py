"""What an editor typed against what is stored now, field by field."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from portal.publishing.admin.picker import KEY, PickField, PickManyField
from portal.publishing.admin.picks import Labels

UNSHOWN = {"version", "id"}


@dataclass(frozen=True, slots=True)
class Difference:
    """`row` is empty for the entry itself, else it says which of its rows."""

    row: str
    label: str
    stored: str
    typed: str


def differences(form: Any, formsets: Iterable[Any]) -> list[Difference]:
    found = list(_of_form(form, ""))
    for formset in formsets:
        found += _of_formset(formset)
    return found


def _of_formset(formset: Any) -> Iterator[Difference]:
    noun = str(formset.model._meta.verbose_name)
    for number, form in enumerate(formset.forms, start=1):
        row = f"{noun} {number}"
        if formset.can_delete and formset._should_delete_form(form):
            yield Difference(row, _("整行"), formset.stored_texts.get(form.instance.pk, ""), _("（删除）"))
        elif form in formset.revived_forms:
            yield Difference(row, _("整行"), _("（已被删除）"), _("（再保存一次会重新加上）"))
            yield from _of_form(form, row)
        else:
            yield from _of_form(form, row)
    for text in formset.unseen_texts:
        yield Difference(noun, _("整行"), text, _("（您打开页面时还没有这一行，会保留）"))


def _of_form(form: Any, row: str) -> Iterator[Difference]:
    for name in form.changed_data:
        field = form[name]
        if name not in UNSHOWN and not field.is_hidden:
            yield Difference(row, str(field.label), _shown(field, field.initial), _shown(field, field.data))


def _shown(bound: BoundField, value: Any) -> str:
    field: Any = bound.field
    if isinstance(field, PickField | PickManyField):
        return _names(field, value)
    if isinstance(field, forms.BooleanField):
        return _("是") if field.to_python(value) else _("否")
    if isinstance(value, UploadedFile):
        return value.name or ""
    value = field.prepare_value(value)
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        texts = {str(key): str(text) for key, text in choices if not isinstance(text, list | tuple)}
        return texts.get(str(value), "") if value not in (None, "") else ""
    if isinstance(value, list | tuple):
        return " ".join(str(part) for part in value if part)
    return _plain(value)


def _names(field: PickField | PickManyField, value: Any) -> str:
    """Names only of what the editor may pick; a forged key shows nothing."""
    values = value if isinstance(value, list | tuple) else [value]
    keys = [str(getattr(one, "pk", one)) for one in values if one not in (None, "")]
    chosen = [key for key in keys if KEY.fullmatch(key)]
    rows = field.queryset
    return _("、").join(name for _key, name in Labels(rows, set(chosen)).of(chosen)) if chosen else ""


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if hasattr(value, "tzinfo"):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M:%S")
    return str(value) if isinstance(value, str) else str(formats.localize_input(value))
