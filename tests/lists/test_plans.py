"""Every order of every list is walked along an index, on its first page and deep in it, whole or for one region."""

import re

import pytest
from django.db import connection, transaction
from django.http import QueryDict

import portal.urls
from bench.seed import seed
from portal.api.records import record_columns
from portal.api.viewset import ListEndpoint

pytestmark = pytest.mark.django_db
LISTS = {
    pattern.name: pattern.callback.view_class
    for pattern in portal.urls.api
    if issubclass(getattr(pattern.callback, "view_class", object), ListEndpoint)
}
ORDERS = [(plural, order.name) for plural, view in LISTS.items() for order in view.filterset_class.orderings]
PATIENT = "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off"
"""With so few rows PostgreSQL would read and sort them all; told not to, it shows whether there is an index to walk."""


@pytest.fixture(scope="module")
def rows(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield seed(60)
        transaction.set_rollback(True)


def read(view, cursor="", **query):
    asked = QueryDict(mutable=True)
    asked.update(query | ({"cursor": cursor} if cursor else {}))
    return view.filterset_class.read(asked, view.rows)


def page_and_plan(view, **query):
    """A page of one row, and the lines of how the database came by it."""
    asked = []

    def note(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        page = read(view, **query).page(1, record_columns(view.serializer_class, view.model))
    ((sql, params),) = asked
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(PATIENT)
            cursor.execute(f"EXPLAIN (COSTS OFF) {sql}", params)
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        return page, [str(line[-1]).strip() for line in cursor.fetchall()]


def faults(lines):
    """Whole tables read, and rows sorted; what is in order by its first key may be sorted within (benefits of one policy)."""
    if connection.vendor == "postgresql":
        return [line for line in lines if re.search(r"Seq Scan|^(->\s+)?Sort$", line)]
    return [line for line in lines if re.match(r"SCAN (?!CONSTANT)", line) or line == "USE TEMP B-TREE FOR ORDER BY"]


def starts_at_the_place(lines):
    """The index is entered where the cursor stands, not at its beginning."""
    bound = r"Index Cond.* [<>]= " if connection.vendor == "postgresql" else r"SEARCH .*[a-z_]+[<>]\?"
    return any(re.search(bound, line) for line in lines)


@pytest.mark.parametrize(("plural", "order"), ORDERS)
def test_an_order_is_walked_along_an_index(rows, plural, order):
    view = LISTS[plural]

    first, plan = page_and_plan(view, ordering=order)
    assert faults(plan) == []
    deep, plan_of_deep = page_and_plan(view, ordering=order, cursor=first.next)
    assert faults(plan_of_deep) == []
    assert starts_at_the_place(plan_of_deep)
    assert deep.rows != first.rows
    if "region" in view.filterset_class.base_filters:
        assert faults(page_and_plan(view, ordering=order, region="qijiang")[1]) == []


def test_a_list_without_an_index_would_be_noticed(rows):
    view = LISTS["policies"]
    query = view.rows().order_by("summary")[:1]

    sql, params = query.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"{'EXPLAIN (COSTS OFF)' if connection.vendor == 'postgresql' else 'EXPLAIN QUERY PLAN'} {sql}", params)
        assert faults([str(line[-1]).strip() for line in cursor.fetchall()]) != []
