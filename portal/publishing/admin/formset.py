"""Rows of one entry, edited on the entry's page."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, UniqueConstraint
from django.utils.translation import gettext as _

from portal.publishing.admin.bases import GenericInlineFormSet, InlineFormSet
from portal.publishing.admin.form import inner
from portal.publishing.admin.picker import KEY, PickField
from portal.publishing.admin.picks import Labels
from portal.publishing.admin.posted_rows import has_rows_beyond, revive_lost_rows


class OwnRowInput(forms.Field):
    """The key of a row, taken only if the row belongs to the entry on the page; costs no query."""

    widget = forms.HiddenInput

    def __init__(self, row: Model | None, *, is_existing: bool) -> None:
        super().__init__(required=False, initial=row.pk if row else None)
        self.row = row
        self.is_existing = is_existing

    def has_changed(self, initial: Any, data: Any) -> bool:
        return not self.is_existing and bool(data)

    def clean(self, value: Any) -> Model | None:
        text = str(value or "")
        matches = self.row is not None and text == str(self.row.pk)
        if matches or (not self.is_existing and not text):
            return self.row
        raise ValidationError(_("这一行已不存在，或不属于这条内容，没有保存。请重新打开页面再改。"), code="row")


class RowsMixin:
    """On a stale page: `stored_texts` by key, `unseen_texts` of rows others added, `revived_forms` of rows others deleted."""

    is_stale = False
    stored_texts: dict[Any, str]
    unseen_texts: list[str]
    revived_forms: list[Any]
    forms: list[Any]
    model: Any
    data: Any
    instance: Any

    def __init__(self, *args: Any, is_stale: bool = False, **kwargs: Any) -> None:
        self.is_stale = is_stale
        self.stored_texts, self.unseen_texts, self.revived_forms = {}, [], []
        super().__init__(*args, **kwargs)
        if self.is_stale and self.is_bound:  # type: ignore[attr-defined]  # -- of the formset mixed with
            self._revive()
        self._share_labels()

    def _revive(self) -> None:
        self.stored_texts = {row.pk: self._text_of(row) for row in super().get_queryset()}  # type: ignore[misc]  # -- of the formset
        known = set(map(str, self.stored_texts))
        seen, revived = revive_lost_rows(self.data, self.prefix, known=known)  # type: ignore[attr-defined]  # -- likewise
        self.unseen_texts = [text for key, text in self.stored_texts.items() if str(key) not in seen]
        for name in ("forms", "management_form"):
            self.__dict__.pop(name, None)
        self.revived_forms = [self.forms[index] for index in revived if index < len(self.forms)]

    def _text_of(self, row: Any) -> str:
        """A row in a line; a query for each relation."""
        values = [getattr(row, name, "") for name in self.form.base_fields if name != "position"]  # type: ignore[attr-defined]  # -- likewise
        return _("，").join(str(value) for value in values if value not in (None, ""))[:80]

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]  # -- of the formset mixed with
        is_existing = i < self.initial_form_count()  # type: ignore[attr-defined]  # -- likewise
        row = form.instance if not form.instance._state.adding else None
        form.fields["id"] = OwnRowInput(row, is_existing=is_existing)
        form.empty_permitted = not is_existing or row is not None  # an unchanged row is not checked again
        form.row_number = i + 1
        if "position" in form.fields:
            form.fields["position"].required = False
        self.attach(form.instance)
        return form

    def attach(self, row: Any) -> None:
        """Give a row its entry, so that its checks need not read it."""

    def get_queryset(self) -> Any:
        """What each existing form shows, in the order of the forms, once they are built from posted data."""
        if self.is_bound and "forms" in self.__dict__:  # type: ignore[attr-defined]  # -- of the formset mixed with
            return [form.instance for form in self.initial_forms]  # type: ignore[attr-defined]  # -- likewise
        return super().get_queryset()  # type: ignore[misc]  # -- likewise

    def _share_labels(self) -> None:
        """Name the chosen rows of each picker with one query for all forms."""
        pickers: dict[str, list[tuple[Any, PickField]]] = {}
        for form in self.forms:
            for name, field in form.fields.items():
                if isinstance(field, PickField):
                    pickers.setdefault(name, []).append((form, field))
        for name, uses in pickers.items():
            kept = {form.initial.get(name) for form, _field in uses} - {None}
            values = {str(form[name].value() or "") for form, _field in uses}
            labels = Labels(uses[0][1].picks.rows(kept), {value for value in values if KEY.fullmatch(value)})
            for _form, field in uses:
                inner(field.widget).labels = labels

    def clean(self) -> None:
        """Whatever must differ between the rows of one entry is compared among all rows as typed."""
        self._refuse_odd_counts()
        seen_rows: set[Any] = set()
        for form in self._kept_forms():
            row = form.instance
            if row.pk is not None and row.pk in seen_rows:
                form.add_error(None, _("同一行在表单里出现了两次，没有保存。请重新打开页面再改。"))
            seen_rows.add(row.pk)
        for columns, message in self._distinct():
            self._compare(columns, message)

    def _refuse_odd_counts(self) -> None:
        counts = self.management_form.cleaned_data  # type: ignore[attr-defined]  # -- of the formset mixed with
        is_odd = not 0 <= counts["INITIAL_FORMS"] <= counts["TOTAL_FORMS"]
        if is_odd or has_rows_beyond(self.data, self.prefix, counts["TOTAL_FORMS"]):  # type: ignore[attr-defined]  # -- likewise
            raise ValidationError(_("表单的行数不对，没有保存。请重新打开页面再改。"), code="row_counts")

    def _kept_forms(self) -> Iterator[Any]:
        for form in self.forms:
            is_new = form.instance._state.adding
            if not self._should_delete_form(form) and (not is_new or form.has_changed()):  # type: ignore[attr-defined]  # -- of the formset
                yield form

    def _distinct(self) -> Iterator[tuple[tuple[str, ...], str]]:
        for name in getattr(self.model, "distinct_within_parent", ()):
            yield (name,), _("这里的每一行不能相同：已有一行填了同样的内容。")
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and constraint.condition is None:
                yield tuple(constraint.fields), str(constraint.violation_error_message)

    def _compare(self, columns: tuple[str, ...], message: str) -> None:
        seen: set[Any] = set()
        for form in self._kept_forms():
            boxes = [form.boxes.get(name, name) for name in columns]
            if set(boxes) & set(form.errors):
                continue
            key = tuple(getattr(form.instance, self.model._meta.get_field(name).attname) for name in columns)
            if key in seen:
                shown = [name for name in boxes if name in form.fields]
                form.add_error(shown[-1] if shown else None, message)
            if not self._has_blank(key, columns):
                seen.add(key)

    def _has_blank(self, key: tuple[Any, ...], columns: tuple[str, ...]) -> bool:
        """NULL equals nothing, except that all rows here share the entry, which has no key yet when it is new."""
        parents = self.parent_columns()
        return any(value is None for value, name in zip(key, columns, strict=True) if name not in parents)

    def parent_columns(self) -> set[str]:
        return set()


class RowsFormSet(RowsMixin, InlineFormSet):
    fk: Any

    def attach(self, row: Any) -> None:
        setattr(row, self.fk.name, self.instance)

    def parent_columns(self) -> set[str]:
        return {self.fk.name}


class GenericRowsFormSet(RowsMixin, GenericInlineFormSet):
    ct_field: Any
    ct_fk_field: Any

    def attach(self, row: Any) -> None:
        if self.instance is not None and self.instance.pk is not None:
            content_type = self.ct_field.remote_field.model.objects.get_for_model(self.instance)
            setattr(row, self.ct_field.attname, content_type.pk)
            setattr(row, self.ct_fk_field.attname, self.instance.pk)

    def parent_columns(self) -> set[str]:
        return {self.ct_field.name, self.ct_fk_field.name}
