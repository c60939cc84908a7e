"""Figures as a spreadsheet, with all that must be known to use a number."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.api.viewset import LICENCE
from portal.lists.facets import facet_counts
from portal.lists.filterset import PublicFilterSet
from portal.lists.parameters import ParameterError, clean_query
from portal.text.csv_lines import Cell, csv_lines
from portal.web.addresses import absolute
from portal.web.csv_answer import csv_answer
from portal.web.errors import error_page
from portal.web.public_view import PublicView
from portal.web.templatetags.texts import page_language, public
from regions.filters import FigureFilterSet
from regions.models import Figure

MOST = 20_000
"""Beyond so many rows the file is refused with a way out: a file that ends early would look whole."""
CHUNK = 500
COLUMNS = (
    "slug", "region", "region_name", "indicator_code", "indicator_name", "value", "unit", "qualifier", "as_published", "kind",
    "stage", "as_of", "as_of_precision", "as_of_basis", "as_of_note", "period_from", "period_until", "period_text",
    "rank_among", "organisation", "scope_note", "part_of", "discrepancy_note", "source", "source_title", "url",
)  # fmt: skip


def _rows() -> Any:
    return Figure.objects.published().for_list()


class FigureCsv(PublicView):
    """The list of figures, filtered as its page and API are. Three queries: version, count, rows (or, for an empty list, the check of names)."""

    reads_own_parameters = True

    def get(self, request: HttpRequest) -> HttpResponseBase:
        filterset = FigureFilterSet.read(request.GET, _rows)
        if "cursor" in request.GET:
            raise ParameterError("cursor", _("文件不分页，请去掉参数 cursor。"))
        if "" in request.GET.values():
            values = {name: str(value) for name, value in request.GET.items() if value}
            return HttpResponseRedirect(f"{request.path}?{clean_query(values)}" if values else request.path)
        count = facet_counts(filterset, ()).total
        if not count:
            filterset.check_names()
        if count > MOST:
            return _too_many(request, count)
        lines = csv_lines(COLUMNS, figure_cells(_in_order(filterset).iterator(chunk_size=CHUNK), page_language()))
        described = absolute(reverse("api-reference"))
        return csv_answer(_file_name(filterset), lines, link=f'<{LICENCE}>; rel="license", <{described}>; rel="describedby"')


def figure_cells(figures: Iterable[Any], language: str) -> Iterator[list[Cell]]:
    """A row of cells for each figure, loaded as `for_list` does, in the order of COLUMNS."""
    for figure in figures:
        with override(language):  # the file is written after the page's own language is put away
            yield _cells(figure, language)


def _cells(figure: Any, language: str) -> list[Cell]:
    region, source, whole = public(figure.region), public(figure.source), figure.part_of
    is_whole_public = whole is not None and whole.is_published()

    def local(entry: Any, name: str) -> str:
        return str(entry.local(name, language)) if entry else ""

    return [
        figure.slug, region and region.slug, local(region, "name"),
        figure.indicator.code, local(figure.indicator, "name"),
        figure.value, figure.indicator.unit, figure.qualifier, figure.as_published,
        figure.kind, figure.stage,
        str(figure.as_of or ""), figure.as_of_precision, figure.as_of_basis, local(figure, "as_of_note"),
        _day(figure.period_from), _day(figure.period_until), local(figure, "period_text"),
        local(public(figure.rank_among), "name"), local(public(figure.organisation), "name"),
        local(figure, "scope_note"), whole.slug if is_whole_public else "", local(figure, "discrepancy_note"),
        source and source.slug, local(source, "title"), absolute(figure.get_absolute_url()),
    ]  # fmt: skip


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def _in_order(filterset: PublicFilterSet) -> QuerySet[Any]:
    return filterset.rows().order_by(*filterset.ordering.keys)


def _file_name(filterset: PublicFilterSet) -> str:
    return "-".join(["figures", *(filterset.values[name] for name in ("region", "indicator") if name in filterset.values)])


def _too_many(request: HttpRequest, count: int) -> HttpResponse:
    words = {"count": count, "most": MOST}
    detail = (
        _("符合条件的数据有 %(count)s 条，一个文件最多 %(most)s 条。请加上地区、指标或年份再下载，或用接口分页读取。") % words
    )
    return error_page(request, 400, _("数据太多，没有生成文件"), detail, clean_address=reverse("regions:figures"))
