import shutil
from pathlib import Path

import pytest
import yaml
from django.core.files.storage import storages
from django.core.management import call_command
from django.db.models import ProtectedError

from policies.models import Benefit, Policy, Programme
from portal.ops.sample.kinds import KINDS
from portal.ops.sample.loader import load_folder, load_records
from portal.ops.sample.plan import Plan, Verdict
from portal.ops.sample.writing import count_verdicts
from portal.publishing.lifecycle import finish_entry, save_entry
from portal.publishing.models import Change
from portal.staff.models import User
from regions.models import Event, Figure, Organisation, Photo, Region

from .folder import change, write_file

pytestmark = pytest.mark.django_db


def total(plan: Plan) -> dict[str, int]:
    counts = count_verdicts(plan).values()
    return {verdict.value: found for verdict in Verdict if (found := sum(row[verdict] for row in counts))}


def staff_edits(row) -> None:
    save_entry(row, by=User.objects.get_or_create(username="editor")[0], expected_version=row.version)
    finish_entry(row)


def files() -> list[str]:
    roots = [Path(storages[alias].location) for alias in ("originals", "renditions")]
    return sorted(path.name for root in roots for path in root.rglob("*") if path.is_file())


def test_second_load_of_the_shipped_sample_writes_nothing(records):
    first = load_records(records)
    versions = set(Policy.objects.values_list("slug", "version")) | set(Region.objects.values_list("slug", "version"))
    changes = Change.objects.count()

    second = load_records(records)

    assert total(first) == {"created": 293}
    assert total(second) == {"unchanged": 293}
    assert set(Policy.objects.values_list("slug", "version")) | set(Region.objects.values_list("slug", "version")) == versions
    assert Change.objects.count() == changes


def test_each_entry_becomes_public_with_one_change_row(folder):
    plan = load_folder(folder)

    assert total(plan) == {"created": 14}
    assert list(Change.objects.values_list("kind", flat=True)) == ["published"] * 14
    assert Region.objects.published().get(slug="qijiang").source.slug == "report"


def test_changed_text_updates_that_entry_only_and_keeps_the_uids_of_its_benefits(folder):
    load_folder(folder)
    uids = dict(Benefit.objects.values_list("slug", "uid"))
    versions = dict(Figure.objects.values_list("slug", "version"))
    benefits = [{"slug": "rent", "name": "房租", "name_en": "Rent", "kind": "subsidy", "beneficiary": "person"}]
    benefits += [{"slug": "flat", "name": "公寓", "name_en": "Apartment", "kind": "housing", "beneficiary": "person"}]
    change(folder, "policy", "measures", benefits=benefits)

    plan = load_folder(folder)

    assert total(plan) == {"changed": 1, "unchanged": 13}
    assert dict(Benefit.objects.values_list("slug", "uid")) == uids
    assert list(Benefit.objects.order_by("position").values_list("slug", "name")) == [("rent", "房租"), ("flat", "公寓")]
    assert dict(Figure.objects.values_list("slug", "version")) == versions
    assert total(load_folder(folder)) == {"unchanged": 14}


def test_text_may_name_a_figure_that_is_written_after_it(folder):
    text = {"summary": "公寓{{figure:flats}}。", "summary_en": "Apartments: {{figure:flats}}."}
    change(folder, "region", "qijiang", **text)
    change(folder, "organisation", "centre", **text)

    load_folder(folder)

    for row in (Region.objects.get(slug="qijiang"), Organisation.objects.get(slug="centre")):
        assert (row.summary, str(row.local("summary", "zh-hans"))) == (text["summary"], "公寓200套（2021年下半年）。")
        assert row.stale_translations() == []
    assert total(load_folder(folder)) == {"unchanged": 14}


def test_changed_text_may_name_a_new_figure(folder):
    load_folder(folder)
    rows = yaml.safe_load((folder / "figure.yaml").read_text(encoding="utf-8"))["records"]
    write_file(folder, "figure", [*rows, rows[0] | {"slug": "more-flats", "value": 300, "as_published": "300套"}])
    change(folder, "region", "qijiang", summary="{{figure:more-flats}}。", summary_en="{{figure:more-flats}}.")

    plan = load_folder(folder)

    assert total(plan) == {"created": 1, "changed": 1, "unchanged": 13}
    assert str(Region.objects.get(slug="qijiang").local("summary", "zh-hans")) == "300套（2021年下半年）。"


def test_part_of_a_programme_may_stand_before_the_whole(folder):
    load_folder(folder)

    assert Programme.objects.get(slug="part").part_of == Programme.objects.get(slug="plan")


def test_links_taken_out_of_the_file_are_removed(folder):
    load_folder(folder)
    change(folder, "programme", "plan", policies=None, stories=None)
    change(folder, "event", "forum", organisers=None)

    plan = load_folder(folder)

    assert total(plan) == {"changed": 2, "unchanged": 12}
    plan_row, forum = Programme.objects.get(slug="plan"), Event.objects.get(slug="forum")
    assert (list(plan_row.policies.all()), list(plan_row.stories.all()), list(forum.organisers.all())) == ([], [], [])
    assert list(plan_row.figures.values_list("slug", flat=True)) == ["flats"]


def test_part_taken_out_of_the_file_is_removed(folder):
    load_folder(folder)
    change(folder, "policy", "measures", benefits=None)

    load_folder(folder)

    assert Benefit.objects.count() == 0


def test_field_taken_out_of_the_file_returns_to_its_default(folder):
    change(folder, "figure", "flats", qualifier="over")
    load_folder(folder)
    change(folder, "figure", "flats", qualifier=None)

    load_folder(folder)

    assert Figure.objects.get(slug="flats").qualifier == "exact"


def test_what_staff_edited_is_kept_unless_overwritten(folder):
    load_folder(folder)
    figure = Figure.objects.get(slug="flats")
    figure.as_published = "二百套"
    staff_edits(figure)

    kept, kept_text = load_folder(folder), Figure.objects.get(slug="flats").as_published
    replaced = load_folder(folder, overwrite=True)

    assert (total(kept), kept_text) == ({"unchanged": 13, "kept": 1}, "二百套")
    assert total(replaced) == {"changed": 1, "unchanged": 13}
    assert Figure.objects.get(slug="flats").as_published == "200套"


def test_edit_stays_kept_after_its_editor_leaves(folder):
    """Whoever wrote stays in the history: an account is closed, and cannot be deleted."""
    load_folder(folder)
    figure = Figure.objects.get(slug="flats")
    figure.as_published = "二百套"
    staff_edits(figure)
    with pytest.raises(ProtectedError):
        User.objects.get(username="editor").delete()
    User.objects.filter(username="editor").update(is_active=False)

    assert total(load_folder(folder)) == {"unchanged": 13, "kept": 1}


def test_renamed_entry_is_found_and_kept(folder):
    load_folder(folder)
    figure = Figure.objects.get(slug="flats")
    figure.slug = "apartments-built"
    staff_edits(figure)

    plan = load_folder(folder)

    assert total(plan) == {"unchanged": 13, "kept": 1}
    assert list(Figure.objects.values_list("slug", flat=True)) == ["apartments-built"]


def test_withdrawn_entry_is_not_put_back(folder):
    load_folder(folder)
    figure = Figure.objects.get(slug="flats")
    figure.state, figure.withdrawn_reason = "withdrawn", "过时"
    staff_edits(figure)

    load_folder(folder)

    assert Figure.objects.get(slug="flats").state == "withdrawn"


def test_if_empty_leaves_a_database_with_content_alone(folder, capsys):
    load_folder(folder)
    change(folder, "figure", "flats", value=201)

    call_command("load_sample", "--if-empty", "--from", str(folder))

    assert Figure.objects.get(slug="flats").value == 200
    assert "nothing was loaded" in capsys.readouterr().out


def test_command_prints_a_row_for_each_kind_and_what_was_kept(folder, capsys):
    call_command("load_sample", "--from", str(folder))
    figure = Figure.objects.get(slug="flats")
    figure.as_published = "二百套"
    staff_edits(figure)

    call_command("load_sample", "--from", str(folder))

    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[: len(KINDS) + 1]] == [kind.name for kind in KINDS] + ["total"]
    assert lines[-1] == "kept 保留: figure flats (--overwrite replaces it)"


@pytest.mark.django_db(transaction=True)
def test_picture_files_are_stored_once_and_replaced_with_their_row(folder):
    load_folder(folder)
    before = files()
    load_folder(folder)
    again = files()
    shutil.copy(Path(__file__).parents[2] / "portal/sample/pictures/one-stop-hall.jpg", folder / "pictures/hall.jpg")

    load_folder(folder)

    assert again == before
    assert set(before).isdisjoint(files())
    assert Photo.objects.get(slug="hall").width == 1600
