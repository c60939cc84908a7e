"""What a reader sees of an indicator and of a figure: numbers place by place, charts, and their twins."""

import re
from decimal import Decimal

import pytest

from portal.text.partial_date import parse_partial_date
from tests import factories as make
from tests.figures.test_audit_admin import the_report
from tests.pages.reading import text_of, unmarked_chinese

pytestmark = pytest.mark.django_db
SVG = re.compile(r"<svg.*?</svg>", re.DOTALL)


def pictures(response):
    return SVG.findall(response.content.decode())


def test_an_indicator_shows_its_numbers_place_by_place_with_what_must_be_known(client):
    whole = the_report(make.make_region("xiushan"))
    whole.discrepancy_note = "两年之和与总数不等。"
    make.save(whole)
    make.make_figure(region=make.make_region("qijiang"), indicator=whole.indicator)

    page = client.get(f"/indicators/{whole.indicator.slug}/")

    assert [place.region.slug for place in page.context["places"]] == ["xiushan", "qijiang"]
    words = text_of(page)
    assert "来源有矛盾两年之和与总数不等。" in words
    assert "各地的数在截至时间上不同，分别列出；不同的数没有画进同一张图比较。" not in words
    assert f"/figures.csv?indicator={whole.indicator.slug}" in page.content.decode()


def test_regions_counted_alike_are_drawn_and_others_told_apart(client):
    indicator = make.make_indicator()
    for slug in ("qijiang", "xiushan"):
        make.make_figure(indicator=indicator, region=make.make_region(slug))
    make.make_figure(indicator=indicator, region=make.make_region("xiushan"), kind="target")

    page = client.get(f"/indicators/{indicator.slug}/")

    assert len(pictures(page)) == 1
    assert "各地的数在性质上不同，分别列出；" in text_of(page)


def test_a_picture_names_itself_and_has_nothing_inline(client):
    whole = the_report(make.make_region("xiushan"))

    (picture,) = pictures(client.get(f"/figures/{whole.slug}/"))

    key = f"parts-{whole.slug}"
    assert f'role="img" aria-labelledby="{key}-title {key}-words"' in picture
    assert "合计 387万元，比总数少 100万元。</desc>" in picture
    assert not re.search(r'style=|\bon\w+="|<script|href=', picture)


def test_a_figure_names_its_parts_once(client):
    whole = the_report(make.make_region("xiushan"))
    part = whole.parts.get(as_published="2019年189万元")

    assert "同一指标" not in text_of(client.get(f"/figures/{whole.slug}/"))
    assert "其中，属于" not in text_of(client.get(f"/figures/{whole.slug}/"))
    assert [link.url for link in client.get(f"/figures/{part.slug}/").context["others"]] == [
        other.get_absolute_url() for other in (whole, whole.parts.get(as_published="2020年198万元"))
    ]


def test_a_picture_has_its_numbers_as_a_table(client):
    whole = the_report(make.make_region("xiushan"))

    page = client.get(f"/figures/{whole.slug}/").content.decode()

    table = page[page.index("<tbody>") : page.index("</tbody>")]
    assert re.findall(r"<td>(\d+万元)</td>", table) == ["487万元", "189万元", "198万元"]
    assert f"/figures.csv?part_of={whole.slug}" in page


def test_a_hidden_part_is_neither_drawn_nor_counted(client):
    whole = the_report(make.make_region("xiushan"))
    hidden = whole.parts.first()
    hidden.state = "draft"
    make.save(hidden)

    page = client.get(f"/figures/{whole.slug}/")

    assert len(page.context["chart"].figures) == 2
    assert "比总数少" not in page.content.decode()


def test_a_part_is_drawn_within_its_public_whole_only(client):
    whole = make.make_figure(value=Decimal(27), qualifier="exact")
    part = make.make_figure(value=Decimal(4), qualifier="exact", part_of=whole)

    drawn = client.get(f"/figures/{part.slug}/")
    whole.state = "draft"
    make.save(whole)
    hidden = client.get(f"/figures/{part.slug}/")

    assert (len(pictures(drawn)), len(pictures(hidden))) == (1, 0)


def test_english_charts_mark_what_is_left_in_chinese(client):
    indicator = make.make_indicator(unit="把")
    for year in ("2019", "2020"):
        make.make_figure(indicator=indicator, as_of=parse_partial_date(year), period_text="一年")
    make.make_figure(indicator=indicator, region=make.make_region("xiushan"), as_of=parse_partial_date("2020"))

    page = client.get(f"/en/indicators/{indicator.slug}/")

    assert len(pictures(page)) == 1
    assert [words for words in unmarked_chinese(page) if words in {"一年", "把"}] == []


@pytest.mark.parametrize("value", ["0", "-5", "99999999999999"])
def test_odd_numbers_are_listed_and_break_no_chart(client, value):
    indicator = make.make_indicator()
    for year in ("2019", "2020"):
        make.make_figure(indicator=indicator, value=Decimal(value), as_of=parse_partial_date(year))

    assert client.get(f"/indicators/{indicator.slug}/").status_code == 200
