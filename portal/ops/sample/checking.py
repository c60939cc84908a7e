"""Check a sample as a whole before anything is written: fields, values, references, English, pictures."""

from functools import partial
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Field

from portal.media.errors import PictureError
from portal.media.intake import read_picture
from portal.media.picture import Picture
from portal.ops.sample.kinds import KIND_BY_MODEL, KIND_BY_NAME, Kind, Part
from portal.ops.sample.problem import Problem, SampleError
from portal.ops.sample.reading import RawRecord
from portal.ops.sample.record import PartRecord, Record, Reference
from portal.ops.sample.values import default_value, read_partial_date, read_value
from regions.models import Photo
from regions.models.figure_mention import PLACEHOLDER

PICTURES = "pictures"
MISSING = "缺少这一项。"


def check_records(raw_records: list[RawRecord], folder: Path) -> list[Record]:
    """Return the records ready to write; SampleError naming every problem found."""
    known = {Reference(raw.kind, raw.name) for raw in raw_records}
    problems: list[Problem] = []
    records: list[Record] = []
    seen: set[Reference] = set()
    for raw in raw_records:
        check = _Check(raw, known, folder)
        if record := check.record():
            if record.reference in seen:
                check.complain("slug", f"“{record.slug}”用了两次，每种内容里的 slug 不能重复。")
            seen.add(record.reference)
            records.append(record)
        problems += check.problems
    if problems:
        raise SampleError(problems)
    return records


class _Check:
    """Reads one record and notes what is wrong with it."""

    def __init__(self, raw: RawRecord, known: set[Reference], folder: Path) -> None:
        self.raw = raw
        self.known = known
        self.folder = folder
        self.problems: list[Problem] = []

    def complain(self, field: str, reason: str) -> None:
        self.problems.append(Problem(self.raw.file, self.raw.name, field, reason))

    def record(self) -> Record | None:
        kind = KIND_BY_NAME.get(self.raw.kind) if isinstance(self.raw.kind, str) else None
        if kind is None:
            self.complain("kind", f"没有“{self.raw.kind}”这种内容，可写：{'、'.join(KIND_BY_NAME)}。")
            return None
        own = dict(self.raw.fields)
        lists = {part: self._list(own, part.name) for part in kind.parts}
        many = {name: self._list(own, name) for name in kind.many}
        picture = self._picture(own) if kind.model is Photo else None
        values = self._values(kind.fields, own, "", dates=kind.partial_dates, needs=kind.needs)
        record = Record(self.raw.file, kind, self.raw.name, values, picture=picture)
        for name, slugs in many.items():
            target = KIND_BY_MODEL[kind.model._meta.get_field(name).related_model].name
            if name in kind.needs and not slugs:
                self.complain(name, MISSING)
            record.many[name] = [self._reference(f"{name}[{slug}]", target, slug) for slug in slugs]
            self._refuse_twice(name, [str(slug) for slug in slugs])
        for part, items in lists.items():
            rows = [row for item in items if (row := self._part(part, item)) is not None]
            self._refuse_twice(part.name, [row.name for row in rows])
            record.parts[part.name] = rows
        record.told = self._told(kind, values)
        self._check_issuers(kind, record)
        return record

    def _told(self, kind: Kind, values: dict[str, Any]) -> list[Reference]:
        told = {name: set(PLACEHOLDER.findall(values.get(name) or "")) for name in kind.telling_fields}
        for name, slugs in told.items():
            for slug in sorted(slugs):
                self._reference(name, "figure", slug)
        for name in kind.telling_fields[::2]:
            if apart := sorted(told[name] ^ told[f"{name}_en"]):
                self.complain(f"{name}_en", f"中文和英文应引用同样的数据，只有一边有：{'、'.join(apart)}。")
        return [Reference("figure", slug) for slug in sorted(set().union(*told.values()))]

    def _check_issuers(self, kind: Kind, record: Record) -> None:
        if "issuers" in record.parts and bool(record.parts["issuers"]) == bool(record.values.get("issuer_unknown")):
            self.complain("issuers", "写明 issuers，或者写 issuer_unknown: true，二者必居其一。")

    def _values(
        self,
        fields: "dict[str, Field[Any, Any]]",
        own: dict[str, Any],
        prefix: str,
        *,
        dates: tuple[str, ...] = (),
        needs: tuple[str, ...] = (),
    ) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name in own:
            if name not in fields and name not in dates:
                self.complain(f"{prefix}{name}", "没有这个字段。")
        for name in dates:
            values[name] = self._try(f"{prefix}{name}", partial(read_partial_date, own.get(name)))
        for name, field in fields.items():
            if name in own:
                values[name] = self._value(f"{prefix}{name}", field, own[name])
            elif field.blank or field.has_default():
                values[name] = default_value(field)
        self._want_needed(fields, own, prefix, dates=dates, needs=needs)
        self._want_english(values, prefix)
        return values

    def _want_needed(
        self,
        fields: "dict[str, Field[Any, Any]]",
        own: dict[str, Any],
        prefix: str,
        *,
        dates: tuple[str, ...],
        needs: tuple[str, ...],
    ) -> None:
        for name, field in fields.items():
            is_needed = not (field.blank or field.has_default())
            if (is_needed and name not in own) or (name in needs and own.get(name) in (None, "")):
                self.complain(f"{prefix}{name}", MISSING)
        for name in dates:
            if name in needs and own.get(name) in (None, ""):
                self.complain(f"{prefix}{name}", MISSING)

    def _value(self, name: str, field: "Field[Any, Any]", raw: Any) -> Any:
        if isinstance(field, models.ForeignKey):
            if raw is None and field.null:
                return None
            return self._reference(name, KIND_BY_MODEL[field.related_model].name, raw)
        return self._try(name, partial(read_value, field, raw))

    def _try(self, name: str, read: Any) -> Any:
        try:
            return read()
        except ValidationError as error:
            for message in error.messages:
                self.complain(name, message)
            return None

    def _reference(self, name: str, kind: str, slug: Any) -> Reference:
        reference = Reference(kind, str(slug))
        if reference not in self.known:
            self.complain(name, f"样例里没有 slug 为“{slug}”的 {kind}。")
        return reference

    def _want_english(self, values: dict[str, Any], prefix: str) -> None:
        for name, value in values.items():
            english = f"{name}_en"
            if english in values and bool(value) != bool(values[english]):
                self.complain(f"{prefix}{english if value else name}", "中文和英文要成对填写，这里缺一个。")

    def _list(self, own: dict[str, Any], name: str) -> list[Any]:
        items = own.pop(name, None) or []
        if isinstance(items, list):
            return items
        self.complain(name, "应是列表，每行以“- ”开头。")
        return []

    def _part(self, part: Part, item: Any) -> PartRecord | None:
        if part.shorthand and isinstance(item, str):
            item = {part.shorthand: item}
        if not isinstance(item, dict):
            self.complain(part.name, f"{item!r} 应是“字段: 值”的列表。")
            return None
        label = " ".join(str(item.get(name, "?")) for name in part.key)
        before = len(self.problems)
        values = self._values(part.fields, item, f"{part.name}[{label}].")
        if len(self.problems) > before:
            return None
        return PartRecord(part, tuple(values[name] for name in part.key), values)

    def _refuse_twice(self, name: str, labels: list[str]) -> None:
        for label in sorted({label for label in labels if labels.count(label) > 1}):
            self.complain(name, f"“{label}”写了两次。")

    def _picture(self, own: dict[str, Any]) -> Picture | None:
        file = own.pop("file", None)
        if not isinstance(file, str) or "/" in file or "\\" in file:
            self.complain("file", f"缺少图片文件名；图片放在 {PICTURES} 文件夹里，这里只写文件名。")
            return None
        path = self.folder / PICTURES / file
        try:
            with path.open("rb") as opened:
                return read_picture(opened)
        except FileNotFoundError:
            self.complain("file", f"{PICTURES} 文件夹里没有“{file}”。")
        except PictureError as error:
            self.complain("file", str(error))
        return None
