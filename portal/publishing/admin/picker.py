"""Pickers of entries: a search box with JavaScript, a box for the address name without."""

import re
from collections.abc import Iterable
from typing import Any

from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.publishing.admin.bases import ChoiceField, MultipleChoiceField
from portal.publishing.admin.picks import Labels, Picks

KEY = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)
TYPED = "__typed"


class Typed(str):
    """An address name somebody typed where a key is expected."""

    __slots__ = ()


class PickerMixin(AutocompleteMixin):
    labels: Labels | None = None
    choices: Any
    allow_multiple_selected: bool
    is_required: bool

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        if self.labels is None:
            chosen = {str(key) for key in value if KEY.fullmatch(str(key))}
            rows = self.choices.queryset
            named = Labels(rows, chosen).of(sorted(chosen))
        else:
            named = self.labels.of(map(str, value))
        blank = [] if self.is_required or self.allow_multiple_selected else [("", "")]
        keys = {key for key, _name in named}
        options = [
            self.create_option(name, key, text, key in keys, index)  # type: ignore[attr-defined]  # -- of the widget mixed with
            for index, (key, text) in enumerate([*blank, *named])
        ]
        return [(None, options, 0)]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        select = super().render(name, value, attrs, renderer)  # type: ignore[misc]  # -- of the widget mixed with
        hint = _("网址名，几个用空格分开") if self.allow_multiple_selected else _("网址名")
        typed = " ".join(text for text in (value if isinstance(value, list) else [value]) if isinstance(text, Typed))
        return format_html(
            '{}<noscript><input type="text" class="vTextField" name="{}{}" value="{}" maxlength="1000" placeholder="{}" '
            'aria-label="{}"></noscript>',
            select, name, TYPED, typed, hint, hint,
        )  # fmt: skip


class PickerSelect(PickerMixin, AutocompleteSelect):
    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = str(data.get(name + TYPED) or "").strip()
        return Typed(typed) if typed else super().value_from_datadict(data, files, name)


class PickerSelectMultiple(PickerMixin, AutocompleteSelectMultiple):
    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        """Without the cross that empties the whole box at one click: it is no item of the list it stands in."""
        return {**super().build_attrs(base_attrs, extra_attrs), "data-allow-clear": "false"}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = str(data.get(name + TYPED) or "").split()
        chosen = super().value_from_datadict(data, files, name)
        return [*(chosen or []), *map(Typed, typed)] if typed else chosen


class PickField(ChoiceField):
    picks: Picks
    queryset: Any

    def keep(self, keys: Iterable[Any]) -> None:
        self.queryset = self.picks.rows([key for key in keys if key])

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Typed):
            return self.queryset.get(pk=_keys(self.queryset, [value])[0])
        if value not in self.empty_values and not KEY.fullmatch(str(value)):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})
        return super().to_python(value)


class PickManyField(MultipleChoiceField):
    picks: Picks
    queryset: Any

    def keep(self, keys: Iterable[Any]) -> None:
        self.queryset = self.picks.rows(list(keys))

    def clean(self, value: Any) -> Any:
        if value and isinstance(value, list):
            typed = [text for text in value if isinstance(text, Typed)]
            value = [text for text in value if not isinstance(text, Typed)] + _keys(self.queryset, typed)
        for key in value or []:
            if not KEY.fullmatch(str(key)):
                raise ValidationError(self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": key})
        return super().clean(value)


def _keys(rows: Any, names: list[Typed]) -> list[str]:
    """Turn typed address names into keys; one query."""
    known = dict(rows.filter(slug__in=[str(name) for name in names]).values_list("slug", "pk")) if names else {}
    for name in names:
        if str(name) not in known:
            raise ValidationError(_("没有可选的内容叫“%(name)s”，请填它的网址名。") % {"name": name[:50]}, code="invalid_choice")
    return [str(known[str(name)]) for name in names]
