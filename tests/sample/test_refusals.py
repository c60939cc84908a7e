"""A sample that cannot be loaded says where it is wrong and leaves nothing behind."""

from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from portal.ops.sample.kinds import KINDS
from portal.ops.sample.loader import load_folder
from portal.ops.sample.problem import SampleError
from portal.publishing.models import Change
from portal.staff.models import User

from .folder import change

pytestmark = pytest.mark.django_db


def refused(folder: Path) -> list[tuple[str, str, str, str]]:
    with pytest.raises(SampleError) as caught:
        load_folder(folder)
    return [(found.file, found.record, found.field, found.reason) for found in caught.value.problems]


def assert_nothing_is_left() -> None:
    assert [kind.name for kind in KINDS if kind.model._base_manager.exists()] == []
    assert (Change.objects.count(), User.objects.count()) == (0, 0)
    roots = [Path(storages[alias].location) for alias in ("originals", "renditions")]
    assert [path for root in roots for path in root.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("kind", "slug", "fields", "where", "reason"),
    [
        ("figure", "flats", {"colour": "red"}, "colour", "没有这个字段"),
        ("figure", "flats", {"state": "draft"}, "state", "没有这个字段"),
        ("figure", "flats", {"last_verified_on": "2021-01-01"}, "last_verified_on", "没有这个字段"),
        ("figure", "flats", {"value": None}, "value", "缺少这一项"),
        ("figure", "flats", {"as_of": None}, "as_of", "缺少这一项"),
        ("figure", "flats", {"source": None}, "source", "缺少这一项"),
        ("figure", "flats", {"indicator": "flts"}, "indicator", "没有 slug 为“flts”的 indicator"),
        ("figure", "flats", {"part_of": ["x"]}, "part_of", "样例里没有"),
        ("figure", "flats", {"qualifier": "more"}, "qualifier", "more"),
        ("figure", "flats", {"as_of": "2021-H3"}, "as_of", "2021-H3"),
        ("figure", "flats", {"as_of": True}, "as_of", "不是日期"),
        ("figure", "flats", {"value": 2.5}, "value", "加引号的小数"),
        ("figure", "flats", {"value": "许多"}, "value", "许多"),
        ("figure", "flats", {"is_key": "yes"}, "is_key", "true 或 false"),
        ("figure", "flats", {"as_published": 200}, "as_published", "应是文字"),
        ("figure", "flats", {"as_published": "套" * 101}, "as_published", "100"),
        ("figure", "flats", {"scope_note": "不含万盛"}, "scope_note_en", "成对填写"),
        ("figure", "flats", {"scope_note_en": "Without"}, "scope_note", "成对填写"),
        ("figure", "flats", {"period_from": "2021-01-01"}, "period_from", "应是一天"),
        ("policy", "measures", {"topics": []}, "topics", "缺少这一项"),
        ("policy", "measures", {"topics": ["hosing"]}, "topics[hosing]", "样例里没有"),
        ("policy", "measures", {"topics": "housing"}, "topics", "应是列表"),
        ("policy", "measures", {"topics": ["housing", "housing"]}, "topics", "写了两次"),
        ("policy", "measures", {"issuers": None}, "issuers", "issuer_unknown"),
        ("policy", "measures", {"issuer_unknown": True}, "issuers", "issuer_unknown"),
        ("policy", "measures", {"benefits": [{"slug": "flat"}]}, "benefits[flat].name", "缺少这一项"),
        ("policy", "measures", {"benefits": ["flat"]}, "benefits", "字段: 值"),
        ("service", "rooms", {"points": [{"name": "厅", "name_en": "Hall", "map": "x"}]}, "points[厅].map", "没有这个字段"),
        ("service", "rooms", {"bases": ["measures", "measures"]}, "bases", "写了两次"),
        ("story", "opening", {"body": "{{figure:flots}}"}, "body", "没有 slug 为“flots”的 figure"),
        ("story", "opening", {"body_en": "None."}, "body_en", "只有一边有：flats"),
        ("story", "opening", {"source": None}, "source", "缺少这一项"),
        ("story", "opening", {"topics": []}, "topics", "缺少这一项"),
        ("region", "qijiang", {"summary": "有{{ figure:flots }}。"}, "summary", "没有 slug 为“flots”的 figure"),
        ("event", "forum", {"organisers": ["center"]}, "organisers[center]", "样例里没有"),
        ("event", "forum", {"starts": "2021-13"}, "starts", "2021-13"),
        ("event", "forum", {"place": "大厅"}, "place_en", "成对填写"),
        ("programme", "plan", {"part_of": "plen"}, "part_of", "没有 slug 为“plen”的 programme"),
        ("programme", "plan", {"policies": ["mesures"]}, "policies[mesures]", "样例里没有"),
        ("photo", "hall", {"file": None}, "file", "缺少图片文件名"),
        ("photo", "hall", {"file": "missing.jpg"}, "file", "没有“missing.jpg”"),
        ("photo", "hall", {"file": "../hall.jpg"}, "file", "只写文件名"),
        ("region", "qijiang", {"slug": None}, "slug", "缺少这一项"),
    ],
)
def test_broken_record_is_refused_before_anything_is_written(folder, kind, slug, fields, where, reason):
    change(folder, kind, slug, **fields)

    found = refused(folder)

    assert [(file, field) for file, _record, field, words in found if field == where and reason in words] == [
        (f"{kind}.yaml", where)
    ]
    assert_nothing_is_left()


@pytest.mark.parametrize(
    ("kind", "slug", "fields", "where", "reason"),
    [
        ("photo", "hall", {"alt": "大厅"}, "alt", "替代文字不能与图片说明相同"),
        ("figure", "flats", {"as_of_basis": "inferred"}, "", "写明推断的理由"),
        ("policy", "measures", {"doc_code": "渝府发"}, "", "文号"),
        ("policy", "measures", {"doc_number_status": "given"}, "", "文号"),
        ("service", "rooms", {"capacity_number": 28}, "", "规模要同时写明"),
        (
            "service",
            "rooms",
            {"points": [{"name": "厅", "name_en": "Hall", "opening_hours": "每天"}]},
            "points[厅].opening_hours",
            "每天",
        ),
        ("story", "opening", {"body": "{{figure:flats}}、{{flats}}"}, "body", "双花括号只用来引用数据"),
        ("event", "forum", {"starts": "2021-07", "ends": "2021-06"}, "", "结束日期早于开始日期"),
        ("event", "forum", {"ends": "2021-06"}, "", "也要写开始日期"),
        ("region", "chongqing", {"parent": "qijiang"}, "parent", "上级地区不能是它自己或它的下级"),
        (
            "policy",
            "measures",
            {"relations": [{"kind": "part_of", "target": "measures"}]},
            "relations[part_of measures].target",
            "绕成圈",
        ),
    ],
)
def test_record_refused_by_its_model_undoes_the_whole_load(folder, kind, slug, fields, where, reason):
    change(folder, kind, slug, **fields)

    found = refused(folder)

    assert [place[:3] for place in found if reason in place[3]][:1] == [(f"{kind}.yaml", slug, where)]
    assert_nothing_is_left()


def test_programmes_that_are_part_of_each_other_are_refused(folder):
    change(folder, "programme", "plan", part_of="part")

    assert refused(folder) == [
        ("programme.yaml", "part", "part_of", "“属于”的关系绕成了圈：一个计划不能是自己的一部分。"),
    ]
    assert_nothing_is_left()


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("topic.yaml", "kind: topic\nrecords: [", "不是正确的 YAML"),
        ("topic.yaml", "kind: topic\nkind: topic\nrecords: []", "写了两次"),
        ("topic.yaml", "kind: topic", "records"),
        ("topic.yaml", "kind: topic\nrecords: []\nnotes: x", "只能有"),
        ("topic.yaml", "kind: topic\nrecords: [housing]", "每条记录应是"),
        ("topic.yaml", "kind: topic\ndefaults: []\nrecords: []\n", "样例里没有"),
        ("topic.yaml", "kind: theme\nrecords: [{slug: housing}]", "没有“theme”这种内容"),
        ("topic.yaml", "kind: topic\nrecords: [{slug: a, name: !!python/object:os.system x}]", "不是正确的 YAML"),
        (
            "extra.yaml",
            "kind: source\nrecords: [{slug: report, region: qijiang, title: 又, title_en: Too, kind: press}]",
            "slug 不能重复",
        ),
    ],
)
def test_broken_file_is_refused(folder, name, text, reason):
    (folder / name).write_text(text, encoding="utf-8")

    assert reason in "\n".join(words for _file, _record, _field, words in refused(folder))
    assert_nothing_is_left()


def test_picture_that_is_none_is_refused(folder):
    (folder / "pictures" / "hall.jpg").write_text("<svg></svg>")

    assert [place[:3] for place in refused(folder)] == [("photo.yaml", "hall", "file")]
    assert_nothing_is_left()


def test_all_problems_are_told_at_once(folder):
    change(folder, "figure", "flats", qualifier="more", indicator="flts")
    change(folder, "service", "rooms", kind="hut")

    assert [(place[0], place[2]) for place in refused(folder)] == [
        ("figure.yaml", "indicator"),
        ("figure.yaml", "qualifier"),
        ("service.yaml", "kind"),
    ]


@pytest.mark.django_db(transaction=True)
def test_refused_load_is_rolled_back_for_good_with_its_pictures(folder):
    change(folder, "service", "rooms", capacity_number=28)

    refused(folder)

    assert_nothing_is_left()


def test_failed_reload_leaves_the_first_load_as_it_was(folder):
    load_folder(folder)
    changes = Change.objects.count()
    change(folder, "policy", "measures", summary="新的摘要。")
    change(folder, "service", "rooms", capacity_number=28)

    refused(folder)

    assert Change.objects.count() == changes
    assert [kind.model._base_manager.filter(version__gt=2).count() for kind in KINDS] == [0] * len(KINDS)


def test_empty_folder_is_refused(tmp_path):
    assert "没有 .yaml 文件" in refused(tmp_path)[0][3]


def test_command_names_file_record_field_and_reason(folder):
    change(folder, "figure", "flats", as_of="2021-H3")

    with pytest.raises(CommandError, match=r"figure\.yaml › flats › as_of：.*2021-H3"):
        call_command("load_sample", "--from", str(folder))
