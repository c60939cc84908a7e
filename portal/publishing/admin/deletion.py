"""Saying what goes along with a deletion and what stands in its way, without telling secrets."""

from collections import defaultdict
from typing import Any

from django.apps import apps
from django.contrib.admin.utils import NestedObjects
from django.db import router
from django.db.models import prefetch_related_objects
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.publishing.models import Child, Publishable
from portal.publishing.rights import Act, may, sees_everything


def explain_protection(found: tuple[Any, Any, Any, Any], objs: Any, user: Any) -> tuple[Any, Any, Any, Any]:
    """Leave out protecting rows that are deleted along; name the entries the user sees, count the others."""
    deleted, counts, lacking, protected = found
    rows = list(objs)
    if not protected or not rows:
        return found
    collector = NestedObjects(using=router.db_for_write(type(rows[0])))
    collector.collect(rows)
    keeping = [row for row in collector.protected if not _goes_along(row, rows)]
    is_all_told = len(keeping) == len(protected) and not any(isinstance(row, Child) for row in keeping)
    if sees_everything(user) and is_all_told:
        return found
    entries = _entries_of(keeping)
    own = [entry for entry in entries if isinstance(entry, Publishable) and may(user, Act.VIEW, entry)]
    others = len(entries) - len(own)
    names = list(dict.fromkeys(_("%(kind)s：%(name)s") % {"kind": row._meta.verbose_name, "name": row} for row in own))
    if others:
        names.append(ngettext("另有 %(count)d 条内容引用它", "另有 %(count)d 条内容引用它", others) % {"count": others})
    return deleted, counts, lacking, names


def _entries_of(rows: list[Any]) -> list[Any]:
    """What protects a row, or for a row of an entry that entry; each once. A query for each kind of entry."""
    by_model: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        if isinstance(row, Child):
            by_model[type(row)].append(row)
    for model, children in by_model.items():
        prefetch_related_objects(children, model.parent_field)
    return list(dict.fromkeys(row.parent if isinstance(row, Child) else row for row in rows))


def without_ties(found: tuple[Any, Any, Any, Any]) -> tuple[Any, Any, Any, Any]:
    """Leave out the rows of many-to-many tables: nobody wrote them, and their names are those of tables."""
    deleted, counts, lacking, protected = found
    ties = [model._meta for model in apps.get_models(include_auto_created=True) if model._meta.auto_created]
    names = tuple(f"{capfirst(tie.verbose_name)}: " for tie in ties)
    plurals = {tie.verbose_name_plural for tie in ties}
    kept = {plural: count for plural, count in counts.items() if plural not in plurals}
    return _drop(deleted, names), kept, lacking, protected


def _drop(deleted: list[Any], names: tuple[str, ...]) -> list[Any]:
    lines = (_drop(line, names) if isinstance(line, list) else line for line in deleted)
    return [line for line in lines if line and not (isinstance(line, str) and line.startswith(names))]


def _goes_along(row: Any, rows: list[Any]) -> bool:
    return row in rows or (isinstance(row, Child) and row.parent in rows)
