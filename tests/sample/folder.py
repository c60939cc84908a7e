"""A small sample folder: one entry of each kind that matters to the loader."""

from pathlib import Path
from typing import Any

import yaml
from PIL import Image

SMALL: dict[str, list[dict[str, Any]]] = {
    "region": [
        {"slug": "chongqing", "kind": "municipality", "name": "重庆市", "short_name": "重庆市", "name_en": "Chongqing"}
        | {"summary": "直辖市。", "summary_en": "A municipality."},
        {"slug": "qijiang", "kind": "district", "parent": "chongqing", "name": "綦江区", "short_name": "綦江区"}
        | {"name_en": "Qijiang District", "summary": "一个区。", "summary_en": "A district.", "source": "report", "photos": ["hall"]},
    ],
    "source": [{"slug": "report", "region": "qijiang", "title": "一篇报道", "title_en": "A report", "kind": "press"}],
    "topic": [{"slug": "housing", "region": "chongqing", "name": "住房", "name_en": "Housing"}],
    "organisation": [
        {"slug": "centre", "region": "qijiang", "source": "report", "name": "服务中心", "name_en": "Service centre", "kind": "office"}
    ],
    "indicator": [
        {"slug": "apartments", "region": "chongqing", "topic": "housing", "name": "公寓", "name_en": "Apartments"}
        | {"definition": "套数。", "definition_en": "Number.", "unit": "套", "measure": "stock"}
    ],
    "photo": [
        {"slug": "hall", "region": "qijiang", "file": "hall.jpg", "caption": "大厅", "caption_en": "The hall"}
        | {"alt": "一个明亮的厅", "alt_en": "A bright room", "credit": "本站", "credit_en": "Ours", "is_illustration": True}
    ],
    "figure": [
        {"slug": "flats", "region": "qijiang", "source": "report", "indicator": "apartments", "value": 200}
        | {"as_published": "200套", "as_of": "2021-H2", "as_of_basis": "stated"}
    ],
    "event": [
        {"slug": "forum", "region": "qijiang", "source": "report", "name": "论坛", "name_en": "Forum", "kind": "forum"}
        | {"organisers": ["centre"], "topics": ["housing"], "summary": "谈住房。", "summary_en": "On housing.", "photos": ["hall"]}
    ],
    "story": [
        {"slug": "opening", "region": "qijiang", "source": "report", "headline": "公寓", "headline_en": "Apartments"}
        | {"subhead": "一段话。", "subhead_en": "A few words.", "author": "本站", "author_en": "Ours", "topics": ["housing"]}
        | {"body": "套数：{{figure:flats}}。", "body_en": "Number: {{figure:flats}}."}
    ],
    "policy": [
        {"slug": "measures", "region": "qijiang", "source": "report", "title": "公寓办法", "title_en": "Apartment measures"}
        | {"kind": "measures", "topics": ["housing"], "figures": ["flats"], "issuers": ["centre"]}
        | {"summary": "管公寓。", "summary_en": "On apartments.", "stories": ["opening"]}
        | {
            "benefits": [
                {"slug": "flat", "name": "公寓", "name_en": "Apartment", "kind": "housing", "beneficiary": "person", "service": "rooms"},
                {"slug": "rent", "name": "租金", "name_en": "Rent", "kind": "subsidy", "beneficiary": "person"},
            ]
        }
    ],
    "programme": [
        {"slug": "part", "region": "qijiang", "source": "report", "name": "分项", "name_en": "Part", "kind": "plan", "part_of": "plan"}
        | {"topics": ["housing"], "summary": "一部分。", "summary_en": "A part."},
        {"slug": "plan", "region": "qijiang", "source": "report", "name": "计划", "name_en": "Plan", "kind": "plan"}
        | {"topics": ["housing"], "policies": ["measures"], "stories": ["opening"], "figures": ["flats"]}
        | {"summary": "共{{figure:flats}}。", "summary_en": "In all {{figure:flats}}."},
    ],
    "service": [
        {"slug": "rooms", "region": "qijiang", "source": "report", "name": "公寓", "name_en": "Apartments", "kind": "housing"}
        | {"audience": "person", "topics": ["housing"], "summary": "住。", "summary_en": "To live in.", "bases": ["measures"]}
    ],
}  # fmt: skip


def write_folder(folder: Path) -> Path:
    (folder / "pictures").mkdir(parents=True)
    Image.new("RGB", (64, 40), "teal").save(folder / "pictures" / "hall.jpg")
    for kind, rows in SMALL.items():
        write_file(folder, kind, rows)
    return folder


def write_file(folder: Path, kind: str, rows: list[dict[str, Any]]) -> None:
    text = yaml.safe_dump({"kind": kind, "records": rows}, allow_unicode=True)
    (folder / f"{kind}.yaml").write_text(text, encoding="utf-8")


def change(folder: Path, kind: str, slug: str, /, **fields: Any) -> None:
    """Set fields of one record; a value of None takes the field out."""
    rows = yaml.safe_load((folder / f"{kind}.yaml").read_text(encoding="utf-8"))["records"]
    row = next(row for row in rows if row["slug"] == slug)
    row.update(fields)
    for name in [name for name, value in fields.items() if value is None]:
        del row[name]
    write_file(folder, kind, rows)
