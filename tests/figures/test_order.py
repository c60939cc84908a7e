"""Figures are listed in the order of their indicators, whichever of the two was written last."""

import pytest

from portal.publishing.lifecycle import touch_entry
from portal.publishing.models import Change, State
from regions.models import Figure
from tests import factories as make

pytestmark = pytest.mark.django_db


def listed(client):
    return [row["slug"] for row in client.get("/api/v1/figures/?fields=slug").json()["results"]]


@pytest.fixture
def indicators():
    """By position 2, 2 and 10: the second is first by name, and ten comes after two."""
    named = {"loans": ("贷款", 2), "apartments": ("安居", 2), "talent": ("人才", 10)}
    return {slug: make.make_indicator(slug=slug, name=name, position=position) for slug, (name, position) in named.items()}


def test_figures_stand_by_position_then_name_then_newest_first(client, indicators):
    for slug in ("talent", "loans", "apartments"):
        for number in (1, 2):
            make.make_figure(slug=f"{slug}-{number}", indicator=indicators[slug])

    assert listed(client) == ["apartments-2", "apartments-1", "loans-2", "loans-1", "talent-2", "talent-1"]


@pytest.mark.parametrize(
    ("change", "order"), [({"position": 1}, ["talent", "apartments"]), ({"name": "安家"}, ["apartments", "talent"])]
)
def test_figures_follow_their_indicator(client, indicators, change, order):
    for slug in ("talent", "apartments"):
        make.make_figure(slug=slug, indicator=indicators[slug])
    draft = make.make_figure(indicator=indicators["talent"], state=State.DRAFT)
    versions = dict(Figure.objects.values_list("slug", "version"))
    assert listed(client) == ["apartments", "talent"]

    for name, value in change.items():
        setattr(indicators["talent"], name, value)
    touch_entry(indicators["talent"], by=None)

    assert listed(client) == order
    draft.refresh_from_db()
    assert draft.order_key == indicators["talent"].order_key
    # Their place is no text of theirs: no new version, nothing to tell.
    assert dict(Figure.objects.values_list("slug", "version")) == versions
    assert Change.objects.filter(entry_type="regions.figure", kind=Change.Kind.UPDATED).count() == 0


def test_a_figure_moves_with_another_indicator(client, indicators):
    make.make_figure(slug="still", indicator=indicators["loans"])
    moved = make.make_figure(slug="moved", indicator=indicators["talent"])
    assert listed(client) == ["still", "moved"]

    moved.indicator = indicators["apartments"]
    touch_entry(moved, by=None)

    assert listed(client) == ["moved", "still"]
