"""Lists of programmes and events by time: what may fall into it is found, what has no date is not."""

import pytest

from portal.text.partial_date import parse_partial_date
from tests import factories as make

pytestmark = pytest.mark.django_db


def dated(maker, slug, starts="", ends="", **fields):
    days = {name: parse_partial_date(text) for name, text in (("starts", starts), ("ends", ends)) if text}
    return maker(slug=slug, **days, **fields)


def slugs(client, path):
    return sorted(row["slug"] for row in client.get(f"/api/v1/{path}").json()["results"])


def test_a_programme_is_found_in_the_years_it_may_run(client):
    dated(make.make_programme, "plan", "2019", "2022")
    dated(make.make_programme, "open", "2021-08")
    dated(make.make_programme, "ending", "", "2020-06")
    dated(make.make_programme, "undated")

    found = {year: slugs(client, f"programmes/?year={year}") for year in (2018, 2020, 2021, 2023)}

    assert found == {2018: ["ending"], 2020: ["ending", "plan"], 2021: ["open", "plan"], 2023: ["open"]}


def test_an_event_is_found_in_the_years_it_may_lie_in(client):
    dated(make.make_event, "turn", "2020-12-30", "2021-01-02")
    dated(make.make_event, "vague", "2021")
    dated(make.make_event, "undated")

    found = {year: slugs(client, f"events/?year={year}") for year in (2020, 2021, 2022)}

    assert found == {2020: ["turn"], 2021: ["turn", "vague"], 2022: []}
    assert slugs(client, "events/?starts__gte=2021-05-01") == ["vague"]
    assert slugs(client, "events/?starts__lte=2020-12-31") == ["turn"]


def test_events_stand_newest_first_and_the_undated_last(client):
    for slug, day in (("old", "2019"), ("undated", ""), ("new", "2021-07-19")):
        dated(make.make_event, slug, day)

    rows = client.get("/api/v1/events/").json()["results"]

    assert [row["slug"] for row in rows] == ["new", "old", "undated"]


def test_recurring_is_asked_with_yes_or_no(client):
    make.make_event(slug="forum", is_recurring=True)
    make.make_event(slug="visit")

    assert slugs(client, "events/?is_recurring=yes") == ["forum"]
    assert slugs(client, "events/?is_recurring=no") == ["visit"]
    assert client.get("/api/v1/events/?is_recurring=true").json()["detail"] == ("参数 is_recurring 的值不对：只能是：yes、no。")


def test_figures_are_found_by_their_whole_and_by_a_policy(client):
    whole = make.make_figure(slug="whole")
    make.make_figure(slug="part", part_of=whole)
    make.make_policy(slug="policy", figures=[whole])

    assert slugs(client, "figures/?part_of=whole") == ["part"]
    assert slugs(client, "figures/?policy=policy") == ["whole"]
    assert client.get("/figures/?part_of=whole").content.decode().count("人才总量") > 1
    assert client.get("/api/v1/figures/?policy=nothing").status_code == 400
