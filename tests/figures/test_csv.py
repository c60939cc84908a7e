"""The file of figures: the same rows as page and API, in a form that spreadsheets read and do not run."""

import csv
import io
from decimal import Decimal

import pytest

from portal.text.csv_lines import csv_lines, guarded
from regions import csv_figures
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("untold")]


def rows_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def slugs(response):
    return [row["slug"] for row in rows_of(response)]


@pytest.fixture
def figures():
    """Two regions, a target, a stage, a whole and its part."""
    whole = make.make_figure(slug="whole", value=Decimal(670), qualifier="exact")
    make.make_figure(slug="part", part_of=whole, value=Decimal(219))
    make.make_figure(slug="goal", kind="target", region=make.make_region("xiushan"), indicator=whole.indicator)
    make.make_figure(slug="lent", stage="applied", source=whole.source)
    make.make_figure(slug="hidden", state="draft")
    return whole


@pytest.mark.parametrize(
    "query",
    ["", "region=xiushan", "kind=target", "stage=applied", "part_of=whole", "indicator={indicator}", "source={source}",
     "year=2021", "as_of__gte=2021-01-01", "ordering=-updated_at"],
)  # fmt: skip
def test_page_api_and_file_have_the_same_rows(client, figures, query):
    query = query.format(indicator=figures.indicator.slug, source=figures.source.slug)

    page = [figure.slug for figure in client.get(f"/figures/?{query}").context["rows"]]
    api = [record["slug"] for record in client.get(f"/api/v1/figures/?{query}").json()["results"]]

    assert slugs(client.get(f"/figures.csv?{query}")) == page == api
    assert page


def test_a_row_says_all_that_must_be_known(client, figures):
    figures.scope_note, figures.discrepancy_note = "只指回村的", "与另一处不符"
    make.save(figures)

    row = next(row for row in rows_of(client.get("/figures.csv")) if row["slug"] == "whole")

    assert row == {
        "slug": "whole", "region": "qijiang", "region_name": "綦江区", "indicator_code": figures.indicator.slug,
        "indicator_name": "人才总量", "value": "670", "unit": "人", "qualifier": "exact", "as_published": "超过16万人",
        "kind": "actual", "stage": "", "as_of": "2021-H2", "as_of_precision": "half", "as_of_basis": "stated", "as_of_note": "",
        "period_from": "", "period_until": "", "period_text": "", "rank_among": "", "organisation": "",
        "scope_note": "只指回村的", "part_of": "", "discrepancy_note": "与另一处不符", "source": figures.source.slug,
        "source_title": "一篇报道", "url": "http://127.0.0.1:8000/figures/whole/",
    }  # fmt: skip


def test_the_english_file_speaks_english_to_the_last_row(client, figures):
    rows = rows_of(client.get("/en/figures.csv"))

    assert {row["indicator_name"] for row in rows} == {"Total talent"}
    assert {row["url"].rsplit("/", 2)[0] for row in rows} == {"http://127.0.0.1:8000/en/figures"}


def test_the_answer_is_a_file_with_its_licence(client, figures):
    response = client.get("/figures.csv?region=xiushan")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="figures-xiushan.csv"'
    assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in response["Link"]
    assert b"".join(response.streaming_content).startswith(b"\xef\xbb\xbfslug,region,")


@pytest.mark.parametrize(
    "query", ["regio=xiushan", "region=nowhere", "kind=goal", "year=20x1", "cursor=abc", "region=a&region=b"]
)
def test_what_is_not_understood_is_refused(client, figures, query):
    assert client.get(f"/figures.csv?{query}").status_code == 400


def test_an_empty_parameter_leads_to_the_clean_address(client, figures):
    response = client.get("/figures.csv?region=&kind=target")

    assert (response.status_code, response["Location"]) == (302, "/figures.csv?kind=target")


def test_more_than_a_file_holds_is_refused_not_cut(client, figures, monkeypatch):
    monkeypatch.setattr(csv_figures, "MOST", 3)

    response = client.get("/figures.csv")

    assert response.status_code == 400
    assert "符合条件的数据有 4 条，一个文件最多 3 条。" in response.content.decode()


def test_nothing_of_a_hidden_neighbour_is_in_the_file(client):
    source, office = make.make_source(slug="secret-source", state="draft"), make.make_organisation(name="机密", state="draft")
    whole = make.make_figure(slug="secret-whole", state="draft")
    make.make_figure(source=source, organisation=office, part_of=whole)

    (row,) = rows_of(client.get("/figures.csv"))

    assert (row["source"], row["source_title"], row["organisation"], row["part_of"]) == ("", "", "", "")


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_file(client, django_assert_num_queries, rows):
    for _ in range(rows):
        make.make_figure(part_of=make.make_figure())

    with django_assert_num_queries(3):
        found = slugs(client.get("/figures.csv"))

    assert len(found) == 2 * rows


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1+1", "'=1+1"), ("+86", "'+86"), ("-5", "'-5"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"), (" =1", "' =1"),
        ("\r=1", "'\r=1"), ("＝1", "'＝1"), ("超过16万人", "超过16万人"), ("a=1", "a=1"), ("", ""), (None, ""),
        (Decimal("-5.5000"), "-5.5"), (Decimal(160000), "160000"), (7, "7"),
    ],
)  # fmt: skip
def test_no_text_runs_in_a_spreadsheet_and_numbers_stay_numbers(cell, expected):
    assert guarded(cell) == expected


def test_commas_quotes_and_lines_are_kept():
    lines = "".join(csv_lines(["a", "b"], [["甲，“乙”", 'say "x", y'], ["two\r\nlines", ""]]))

    assert lines == '\ufeffa,b\r\n甲，“乙”,"say ""x"", y"\r\n"two\r\nlines",\r\n'
    assert list(csv.reader(io.StringIO(lines.removeprefix("\ufeff"), newline="")))[2] == ["two\r\nlines", ""]
