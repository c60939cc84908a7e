"""What a page only shows is read together with the rows it names, however many they are."""

from typing import Any

from django.contrib.admin.utils import flatten
from django.db.models import ForeignKey, Prefetch, QuerySet, prefetch_related_objects


def with_names(rows: QuerySet[Any], columns: Any) -> QuerySet[Any]:
    """Rows with what these columns of theirs point to."""
    shown = set(flatten(columns))
    fields = rows.model._meta.concrete_fields
    return rows.select_related(*(one.name for one in fields if isinstance(one, ForeignKey) and one.name in shown))


def read_names(entry: Any, columns: Any, admin_site: Any) -> None:
    """What the plural relations among these columns hold, with what names it; one query for each relation."""
    shown = set(flatten(columns))
    for field in entry._meta.many_to_many:
        if field.name in shown:
            relations = admin_site.get_model_admin(field.related_model).label_relations
            rows = field.related_model._default_manager.select_related(*relations)
            prefetch_related_objects([entry], Prefetch(field.name, queryset=rows))
