"""The filters every public list is made of. Page, API, feed and export of a type share one FilterSet."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
EARLIEST_YEAR, LATEST_YEAR = 1900, 2999
YEAR = re.compile(r"(19|20)[0-9]{2}", re.ASCII)
MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:?[0-9]{2}))?", re.ASCII
)


def read_day(text: str) -> date:
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ValidationError(_("日期要写成 2021-08-05 这样。"))


def read_moment(text: str) -> datetime:
    """A day (midnight, Beijing time) or an ISO 8601 moment with its offset."""
    try:
        if MOMENT.fullmatch(text):
            found = parse_datetime(text)
            if found is not None and EARLIEST_YEAR <= found.year <= LATEST_YEAR:
                return found if timezone.is_aware(found) else timezone.make_aware(found)
    except (ValueError, OverflowError):
        pass
    raise ValidationError(_("时间要写成 2021-08-05 或 2021-08-05T09:00:00+08:00 这样。"))


class StrictField(forms.CharField):
    """A text read by one function that returns the value or raises ValidationError."""

    def __init__(self, *, read: Callable[[str], Any], **kwargs: Any) -> None:
        self.read = read
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return self.read(text) if text else None


class StrictFilter(django_filters.Filter):
    """A filter whose value is read strictly; a subclass says how and what rows it keeps.

    `only_compares`: rows are compared with the value and nothing else is done with it, so one query serves every value.
    """

    field_class = StrictField

    def __init__(self, field_name: str | None = None, **kwargs: Any) -> None:
        super().__init__(field_name, read=self.read, **kwargs)

    def read(self, text: str) -> Any:
        raise NotImplementedError


class DayFilter(StrictFilter):
    def read(self, text: str) -> date:
        return read_day(text)


class MomentFilter(StrictFilter):
    only_compares = True

    def read(self, text: str) -> datetime:
        return read_moment(text)


class YearFilter(StrictFilter):
    """Rows whose partial date may lie in a year."""

    def read(self, text: str) -> int:
        if not YEAR.fullmatch(text):
            raise ValidationError(_("年份要写成四位数字，例如 2021。"))
        return int(text)

    def filter(self, rows: QuerySet[Any], value: int | None) -> QuerySet[Any]:
        if value is None:
            return rows
        return rows.filter(
            **{f"{self.field_name}_from__lte": date(value, 12, 31), f"{self.field_name}_until__gte": date(value, 1, 1)}
        )


class MayOverlapFilter(DayFilter):
    """A bound on a partial date: keeps what may lie on its side (`gte` or `lte`)."""

    only_compares = True

    def __init__(self, field_name: str, bound: str, **kwargs: Any) -> None:
        column = f"{field_name}_until" if bound == "gte" else f"{field_name}_from"
        super().__init__(column, lookup_expr=bound, **kwargs)


class SlugFilter(StrictFilter):
    """Rows related to the entry with a slug. `targets` gives the public entries it may name; a name among none is refused."""

    only_compares = True

    def __init__(self, field_name: str, *, targets: Callable[[], QuerySet[Any]] | None = None, **kwargs: Any) -> None:
        self._targets = targets
        super().__init__(field_name, **kwargs)

    def targets(self) -> QuerySet[Any]:
        if self._targets is None:
            raise NotImplementedError
        return self._targets()

    def read(self, text: str) -> str:
        if not SLUG.fullmatch(text):
            raise ValidationError(_("这里要写网址名，只有小写字母、数字和连字符，例如 housing。"))
        return text

    def filter(self, rows: QuerySet[Any], value: str | None) -> QuerySet[Any]:
        if value is None:
            return rows
        return rows.filter(**{f"{self.field_name}__in": self.targets().filter(slug=value).values("pk")})

    def named(self, entry: Any) -> Any:
        """What gives a chosen entry its name on a page; another entry where it has none of its own."""
        return entry


class RelatedFilter(SlugFilter):
    """Rows whose relation of this name holds the public entry with a slug, in whatever app that entry lives."""

    def targets(self) -> QuerySet[Any]:
        related: Any = self.parent.model._meta.get_field(self.field_name).related_model
        found: QuerySet[Any] = related.objects.published()
        return found


def _only(values: list[str]) -> str:
    return _("只能是：%(values)s。") % {"values": _("、").join(values)}


_only_lazy = lazy(_only, str)
"""Filters are made once, and read by requests of either language."""


class ChoiceFilter(django_filters.ChoiceFilter):
    """One of the values of a choice field; another value is refused with the values there are."""

    only_compares = True

    def __init__(self, field_name: str | None = None, *, choices: Any, **kwargs: Any) -> None:
        messages = {"invalid_choice": _only_lazy([str(value) for value, _label in choices])}
        super().__init__(field_name, choices=choices, empty_label=None, error_messages=messages, **kwargs)


class YesNoFilter(ChoiceFilter):
    """A yes-or-no column, asked in words."""

    only_compares = False

    def __init__(self, field_name: str | None = None, **kwargs: Any) -> None:
        super().__init__(field_name, choices=(("yes", gettext_lazy("是")), ("no", gettext_lazy("否"))), **kwargs)

    def filter(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return rows.filter(**{self.field_name: value == "yes"}) if value else rows
