"""What of an entry is searched, and keeping that in step: only entries that are or will be public are in the index."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from portal.publishing.aggregate import RowSet, content_type, shape_of
from portal.publishing.models import FoundBy, Publishable, State
from portal.publishing.prepared import prepared
from portal.publishing.timeline import Span
from portal.search import rebuild
from portal.search.document import Document
from portal.search.index import put_documents, remove_documents
from portal.search.models import SearchDocument
from portal.text.markdown import plain_text

MARKS = frozenset("*_`[]#<>|\\")
"""Without any of these a text is plain already."""
BATCH = 200
LAST = datetime(9999, 1, 1, tzinfo=UTC)
Key = tuple[str, int]
"""An entry by the label of its type and its key."""


def index_entries(entries: Iterable[Publishable], spans: Mapping[Any, list[Span]], at: datetime) -> None:
    """Put entries into the index for the first of their times that is not over, or take them out where there is none."""
    by_type: dict[type[Publishable], list[Any]] = defaultdict(list)
    for entry in entries:
        by_type[type(entry)].append(entry)
    for model, found in by_type.items():
        windows = {entry: window for entry in found if (window := _window(spans[entry], at))}
        remove_documents(model.type_label(), [entry.pk for entry in found if entry not in windows])
        put_documents(documents_of(windows))


def remove_entry(entry: Publishable) -> None:
    if entry.is_live:
        remove_documents(entry.type_label(), [entry.pk])


def searched_models() -> list[Any]:
    """Every type of entry; what is indexed later counts as newer where many match, so policies come last."""
    found = [model for model in apps.get_models() if issubclass(model, Publishable)]
    return sorted(found, key=lambda model: model.type_label(), reverse=True)


def rebuild_index(*, anew: bool = False) -> int:
    """Index every public entry; readers search meanwhile. Goes on where an interrupted run stopped, unless `anew`."""
    return rebuild.rebuild(_batches(rebuild.begin(anew=anew)))


def build_after_migrating(using: str = "default", plan: Any = None, **_unused: Any) -> None:
    """Index what is public where that was never done, or by an older release; not on the way to another state of the tables."""
    if using == "default" and plan is not None and not _unapplied() and rebuild.is_due():
        rebuild_index()


def _unapplied() -> bool:
    loader = MigrationLoader(connection)
    return any(node not in loader.applied_migrations for node in loader.graph.leaf_nodes())


def refresh_ended(at: datetime | None = None, limit: int = 500) -> int:
    """Index again what is over for now: an entry that is public only with others may come back. How many were over."""
    at = at or timezone.now()
    count = 0
    for model in searched_models():
        ended = SearchDocument.objects.filter(kind=model.type_label(), visible_until__lte=at).values_list("object_id", flat=True)
        keys = list(ended[:limit])
        entries = {entry.pk: entry for entry in _live(model).filter(pk__in=keys)} if keys else {}
        index_entries(entries.values(), {entry: entry.public_spans(at) for entry in entries.values()}, at)
        remove_documents(model.type_label(), [key for key in keys if key not in entries])
        count += len(keys)
    return count


def documents_of(windows: Mapping[Any, Span]) -> list[Document]:
    """The documents of entries of one type; one query for each set of rows and each plural relation."""
    entries = list(windows)
    if not entries:
        return []
    found_by: FoundBy = entries[0].found_by
    rows, names = _rows(entries), _related(entries, [*found_by.names, *filter(None, [found_by.topics])])
    topics = _related(entries, filter(None, [found_by.topics]))
    return [_document(one, windows[one], rows[one.pk], topics[one.pk], names[one.pk]) for one in entries]


def _document(entry: Any, window: Span, rows: list[str], topics: list[Key], names: list[Key]) -> Document:
    found_by: FoundBy = entry.found_by
    return Document(
        kind=entry.type_label(),
        object_id=entry.pk,
        title=" ".join(_texts(entry, found_by.title)),
        keys="\n".join(_texts(entry, found_by.keys)),
        body="\n".join([*map(_plain, _texts(entry, found_by.body, with_english=True)), *rows]),
        visible_from=window.start,
        visible_until=window.end,
        region=entry.region_id,
        applies_below=entry.applies_below,
        topics=tuple(sorted({key for _kind, key in topics})),
        names=tuple(sorted({f"{kind}-{key}" for kind, key in [(_owner_type(type(entry)), entry.region_id), *names]})),
        gives_name=found_by.gives_name,
        published_on=_day(entry),
        force=entry.searched_force(),
    )


def _texts(entry: Any, names: Iterable[str], *, with_english: bool = False) -> list[str]:
    wanted = [one for name in names for one in ((name, f"{name}_en") if with_english else (name,)) if hasattr(entry, one)]
    return [text for name in wanted if (text := entry.searched_text(name))]


def _plain(text: str) -> str:
    return plain_text(text) if MARKS.intersection(text) else text


def _day(entry: Any) -> date:
    name = entry.found_by.day
    known: date | None = entry._meta.get_field(name).to_python(getattr(entry, name)) if name else None  # a form may hold text
    return known if known and known > date.min else timezone.localdate(min(entry.first_published_at or LAST, entry.visible_from))


def _owner_type(model: Any) -> str:
    """The type of what owns the entries of a type; a region owns itself."""
    columns = {field.name: field for field in model._meta.concrete_fields}
    owner = columns["region"].related_model if "region" in columns else model
    return str(owner._meta.label_lower)


def _rows(entries: Sequence[Any]) -> dict[int, list[str]]:
    """The words of the rows of each entry, as they are stored; one query for each set."""
    found: dict[int, list[str]] = {entry.pk: [] for entry in entries}
    model: Any = type(entries[0])
    for row_set in shape_of(model).row_sets:
        names = entries[0].found_by.rows.get(row_set.name)
        if names is None:
            continue
        wanted = tuple(one for name in names for one in (name, f"{name}_en") if _has_column(row_set.model, one))
        for owner, *texts in _row_texts(row_set, wanted, owners=list(found), owner_type=content_type(model)):
            found[owner] += [_plain(text) for text in texts if text]
    return found


@prepared
def _row_texts(row_set: RowSet, wanted: tuple[str, ...], /, *, owners: Any, owner_type: Any) -> Any:
    return row_set.of_keys(owners, owner_type).values_list(row_set.link, *wanted)


@prepared
def _ties(field: Any, /, *, owners: Any) -> Any:
    ties = field.remote_field.through._base_manager.filter(**{f"{field.m2m_field_name()}__in": owners})
    return ties.values_list(f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id")


def _has_column(model: Any, name: str) -> bool:
    return any(field.name == name for field in model._meta.concrete_fields)


def _related(entries: Sequence[Any], names: Iterable[str]) -> dict[int, list[Key]]:
    """What the entries of one type are related to; one query for each plural relation."""
    found: dict[int, list[Key]] = {entry.pk: [] for entry in entries}
    for name in names:
        field: Any = type(entries[0])._meta.get_field(name)
        kind = field.related_model._meta.label_lower
        if not field.many_to_many:
            pairs = [(entry.pk, getattr(entry, field.attname)) for entry in entries]
        else:
            pairs = _ties(field, owners=list(found))
        for owner, key in pairs:
            if key is not None:
                found[owner].append((kind, key))
    return found


def _window(spans: Iterable[Span], at: datetime) -> Span | None:
    return next((span for span in spans if span.end > at), None)


def _live(model: Any) -> Any:
    return model._base_manager.filter(copy_of=None, state=State.PUBLISHED)


def _batches(progress: str) -> Iterator[rebuild.Batch]:
    """From where an interrupted run came to: `policies.policy 1200` is the last key of that type that is indexed."""
    last_type, _space, last_key = progress.partition(" ")
    for model in searched_models():
        label = model.type_label()
        if last_type and label > last_type:
            continue
        after = int(last_key) if label == last_type else 0
        while keys := list(_live(model).filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH]):
            after = keys[-1]
            yield rebuild.Batch(lambda model=model, keys=keys: _public(model, keys), f"{label} {after}")  # type: ignore[misc]  # -- bound here


def _public(model: Any, keys: list[int]) -> list[Document]:
    """Read in the transaction that indexes them, so that what is saved meanwhile is not undone."""
    at = timezone.now()
    entries = model.objects.for_list().defer(None).filter(pk__in=keys, copy_of=None, state=State.PUBLISHED).order_by("pk")
    windows = {entry: window for entry in entries if (window := _window(entry.public_spans(at), at))}
    return documents_of(windows)
