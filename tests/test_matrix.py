"""Every public kind of content has all of its surfaces; a new kind without one fails here."""

import re
from pathlib import Path

import django.apps
import pytest
from django.contrib import admin
from django.urls import resolve

import portal.urls
from policies.models import Benefit
from portal.lists.facets import Facet
from portal.publishing.models import Publishable
from tests.factories import MAKERS

KINDS = [model for model in django.apps.apps.get_models() if issubclass(model, Publishable)]
PUBLIC = [*KINDS, Benefit]
ENDPOINTS = {pattern.name: pattern.callback.view_class for pattern in portal.urls.api if hasattr(pattern.callback, "view_class")}
PLURALS = {view.model: name for name, view in ENDPOINTS.items() if hasattr(view, "filterset_class")}
TESTS = Path(__file__).parent


@pytest.mark.parametrize("model", PUBLIC, ids=lambda model: model.__name__)
def test_every_kind_has_admin_page_api_filter_and_query_pins(model):
    plural = PLURALS[model]

    assert model in admin.site._registry
    assert f"{plural}-detail" in ENDPOINTS
    assert ENDPOINTS[plural].filterset_class.orderings[0].keys[-1].lstrip("-") == "pk"
    page = resolve(f"/{plural}/").func.view_class
    assert page.filterset_class is ENDPOINTS[plural].filterset_class
    pins = (TESTS / "api" / "test_queries.py").read_text() + "".join(path.read_text() for path in (TESTS / "pages").glob("*.py"))
    assert f'"{plural}"' in pins
    if model is not Benefit:
        assert resolve(f"/{plural}/some-slug/").func.view_class
        assert model in MAKERS


@pytest.mark.parametrize("model", PUBLIC, ids=lambda model: model.__name__)
def test_every_kind_offers_the_named_reads(model):
    rows = model.objects.all()

    assert {name for name in ("published", "for_list", "for_detail", "in_region") if not hasattr(rows, name)} == set()


@pytest.mark.parametrize("plural", PLURALS.values())
def test_every_facet_belongs_to_a_filter(plural):
    filterset = ENDPOINTS[plural].filterset_class

    assert all(isinstance(facet, Facet) and facet.name in filterset.base_filters for facet in filterset.facets)


def test_no_query_count_is_asserted_without_with():
    bare = re.compile(r"^\s*(?!with\b|.*\bwith\b|def\b)[^#\n]*assert_(?:max_)?num_queries\(\d", re.MULTILINE)
    found = [path.name for path in TESTS.rglob("*.py") if path.name != "test_matrix.py" and bare.search(path.read_text())]

    assert found == []
