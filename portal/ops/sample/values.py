"""Turn what stands in a YAML file into the value a model field holds; never guess."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Field

from portal.text.errors import TextError
from portal.text.partial_date import PartialDate, parse_partial_date


def read_value(field: "Field[Any, Any]", raw: Any) -> Any:
    """Return the field's value; ValidationError for a value of the wrong sort, too long, or not among the choices."""
    if raw is None:
        raw = "" if isinstance(field, models.CharField | models.TextField) else None
    elif not isinstance(raw, _accepted(field)) or (isinstance(raw, bool) and not isinstance(field, models.BooleanField)):
        raise ValidationError(_complaint(field, raw))
    if isinstance(raw, str):
        raw = raw.strip()  # as forms do, so that an untouched text stays the same
    return field.clean(raw, None)


def read_partial_date(raw: Any) -> PartialDate | None:
    """Accept 2021, 2021-H2, 2021-Q3, 2021-08 and 2021-08-05, quoted or not."""
    if raw is None or raw == "":
        return None
    if isinstance(raw, bool) or not isinstance(raw, str | int | date):
        raise ValidationError(f"{raw!r} 不是日期，请写成 2021、2021-H2、2021-08 或 2021-08-05。")
    try:
        return parse_partial_date(str(raw))
    except TextError as error:
        raise ValidationError(str(error)) from error


def default_value(field: "Field[Any, Any]") -> Any:
    """What a field holds when a record does not mention it."""
    return field.get_default() if field.has_default() or not field.null else None


def _accepted(field: "Field[Any, Any]") -> tuple[type, ...]:
    if isinstance(field, models.BooleanField):
        return (bool,)
    if isinstance(field, models.DecimalField):
        return (int, str, Decimal)
    if isinstance(field, models.IntegerField):
        return (int,)
    if isinstance(field, models.DateField):
        return (date,)
    return (str,)


def _complaint(field: "Field[Any, Any]", raw: Any) -> str:
    if isinstance(field, models.DecimalField):
        return f"{raw!r} 不是整数，也不是加引号的小数；小数请写成 '2.5'，以免走样。"
    if isinstance(field, models.BooleanField):
        return f"{raw!r} 只能写 true 或 false。"
    if isinstance(field, models.IntegerField):
        return f"{raw!r} 应是整数。"
    if isinstance(field, models.DateField):
        return f"{raw!r} 应是一天，写成 2021-08-05，不加引号。"
    return f"{raw!r} 应是文字；数字、日期和 yes/no 请加引号。"
