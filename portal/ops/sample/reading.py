"""Read the YAML files of the sample into records, without knowing what they mean."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from portal.ops.sample.problem import Problem, SampleError

FILE_FIELDS = {"kind", "defaults", "records"}


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One entry as written, the file's defaults filled in."""

    file: str
    kind: str
    number: int
    fields: dict[str, Any]

    @property
    def name(self) -> str:
        """The slug, or the place in the file where there is none."""
        slug = self.fields.get("slug")
        return slug if isinstance(slug, str) and slug else f"#{self.number}"


class _Loader(yaml.SafeLoader):
    """The safe loader, except that a key written twice is an error instead of the last one winning."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key_node, _value in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"“{key}”写了两次", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


def read_records(folder: Path) -> list[RawRecord]:
    """Read every *.yaml file of a folder, in the order of their names; SampleError when a file is not well formed."""
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise SampleError([Problem(folder.name, "", "", "这个文件夹里没有 .yaml 文件。")])
    problems: list[Problem] = []
    records: list[RawRecord] = []
    for path in paths:
        try:
            records += _records_of(path)
        except SampleError as error:
            problems += error.problems
    if problems:
        raise SampleError(problems)
    return records


def _records_of(path: Path) -> Iterator[RawRecord]:
    document = _document(path)
    defaults = document.get("defaults") or {}
    if not isinstance(defaults, dict):
        raise SampleError([Problem(path.name, "", "defaults", "应是“字段: 值”的列表。")])
    for number, fields in enumerate(document["records"], start=1):
        if not isinstance(fields, dict):
            raise SampleError([Problem(path.name, f"#{number}", "", "每条记录应是“字段: 值”的列表。")])
        yield RawRecord(path.name, document["kind"], number, defaults | fields)


def _document(path: Path) -> dict[str, Any]:
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 -- a subclass of SafeLoader
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SampleError([Problem(path.name, "", "", f"不是正确的 YAML：{_one_line(error)}")]) from error
    if not isinstance(document, dict) or not isinstance(document.get("records"), list):
        raise SampleError([Problem(path.name, "", "records", "文件应有 kind 和 records 两项，records 是记录的列表。")])
    for name in document:
        if name not in FILE_FIELDS:
            raise SampleError([Problem(path.name, "", str(name), "文件只能有 kind、defaults、records 三项。")])
    return document


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
