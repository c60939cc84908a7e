import datetime

import pytest

from policies.models import Clause, Service
from portal.publishing.gate import Whole
from portal.publishing.models import State
from portal.text.partial_date import parse_partial_date
from tests.factories import (
    make_benefit,
    make_organisation,
    make_policy,
    make_programme,
    make_service,
    make_story,
)

from .asking import said, said_of

pytestmark = pytest.mark.django_db

GIVEN = {"doc_number_status": "given", "doc_code": "渝府发", "doc_year": 2021, "doc_seq": 1}


def changed(entry, **values):
    for name, value in values.items():
        setattr(entry, name, value)
    return entry


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({}, []),
        (GIVEN, []),
        (GIVEN | {"doc_code": ""}, ["doc_code"]),
        (GIVEN | {"doc_year": None}, ["doc_code"]),
        (GIVEN | {"doc_seq": None}, ["doc_code"]),
        (GIVEN | {"doc_code": "ABC"}, ["doc_code"]),
        (GIVEN | {"doc_year": 1900}, ["doc_code"]),
        (GIVEN | {"doc_number_status": "unknown"}, ["doc_code"]),
        ({"doc_year": 2021}, ["doc_code"]),
    ],
)
def test_document_number_is_whole(values, wanted):
    assert said("document_number_is_whole", changed(make_policy(), **values)) == wanted


def test_document_number_is_its_own():
    first = make_policy(**GIVEN)
    second = changed(make_policy(), **GIVEN)

    assert said("document_number_is_its_own", second) == ["doc_code"]
    assert said("document_number_is_its_own", changed(second, doc_seq=2)) == []
    assert said("document_number_is_its_own", first) == []


def test_a_working_copy_has_the_document_number_of_its_live_row():
    live = make_policy(**GIVEN)
    copy = changed(make_policy(), copy_of=live, uuid=live.uuid, **GIVEN)

    assert said("document_number_is_its_own", copy) == []


def test_issuer_is_said():
    office = make_organisation()

    assert said("issuer_is_said", make_policy(issuer_unknown=False)) == ["issuer_unknown"]
    assert said("issuer_is_said", make_policy(issuers=[office], issuer_unknown=True)) == ["issuer_unknown"]
    assert said("issuer_is_said", make_policy(issuers=[office])) == []
    assert said("issuer_is_said", make_policy(issuer_unknown=True)) == []


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({"signed_on": "2021-08", "published_on": "2021-08-05", "effective_from": "2021-08-01"}, []),
        ({"plan_from": "2019-01-01", "plan_until": "2022-12-31", "signed_on": "2020-12"}, []),
        ({"signed_on": "2021-08", "published_on": "2021-07"}, ["published_on"]),
        ({"signed_on": "2021-08", "effective_from": "2021-07-31"}, ["effective_from"]),
        ({"effective_from": "2021-08-01", "effective_until": "2021-07-31"}, ["effective_until"]),
        ({"plan_from": "2021-08-01", "plan_until": "2021-07-31"}, ["plan_until"]),
    ],
)
def test_policy_dates_are_in_order(values, wanted):
    dates = {
        name: parse_partial_date(text) if name in {"signed_on", "published_on"} else datetime.date.fromisoformat(text)
        for name, text in values.items()
    }

    assert said("policy_dates_are_in_order", changed(make_policy(), **dates)) == wanted


def test_stated_validity_has_reason():
    policy = changed(make_policy(), validity_override="expired")

    assert said("stated_validity_has_reason", policy) == ["validity_reason"]
    assert said("stated_validity_has_reason", changed(policy, validity_reason="清理时宣布失效")) == []


def test_benefit_windows_are_in_order():
    policy = make_policy()
    make_benefit(policy=policy, window_from=datetime.date(2021, 1, 1), window_until=datetime.date(2021, 1, 1))
    whole = Whole(policy)

    assert said_of("benefit_windows_are_in_order", whole) == []
    changed(whole.rows("benefits")[0], window_until=datetime.date(2020, 1, 1))
    assert said_of("benefit_windows_are_in_order", whole) == ["window_until"]


@pytest.mark.parametrize(
    ("starts", "ends", "wanted"), [("2021", "2021-01", []), ("2021", None, []), (None, "2021", []), ("2021", "2020", ["ends"])]
)
def test_programme_ends_after_it_starts(starts, ends, wanted):
    dates = {"starts": starts and parse_partial_date(starts), "ends": ends and parse_partial_date(ends)}

    assert said("programme_ends_after_it_starts", changed(make_programme(), **dates)) == wanted


@pytest.mark.parametrize(
    ("legal", "promised", "unit", "wanted"),
    [
        (None, None, "", []),
        (20, 5, "working", []),
        (5, 5, "calendar", []),
        (5, 6, "working", ["promised_days"]),
        (20, None, "", ["day_unit"]),
        (5, 6, "", ["day_unit", "promised_days"]),
    ],
)
def test_promised_days_are_within_legal_days(legal, promised, unit, wanted):
    service = changed(make_service(), legal_days=legal, promised_days=promised, day_unit=unit)

    assert sorted(said("promised_days_are_within_legal_days", service)) == wanted


def test_fee_is_explained():
    service = changed(make_service(), fee=Service.Fee.CHARGED)

    assert said("fee_is_explained", service) == ["fee_text"]
    assert said("fee_is_explained", changed(service, fee_text="工本费 10 元")) == []


@pytest.mark.parametrize(
    ("consult", "status", "wanted"),
    [
        ("023-48660000", "active", []),
        ("", "active", ["consult"]),
        ("", "unknown", []),
        ("", "under_construction", []),
        ("请咨询相关部门", "unknown", ["consult"]),
        ("有关单位。", "active", ["consult"]),
        ("区人才服务中心相关部门 2 号窗口", "active", []),
    ],
)
def test_consult_is_given(consult, status, wanted):
    assert said("consult_is_given", make_service(consult=consult, status=status)) == wanted


def test_linked_clauses_exist():
    policy = make_policy(slug="rent")
    Clause.objects.create(policy=policy, number="3-1", text="条文")
    make_benefit(policy=policy, slug="flat")
    body = "[一](/policies/rent/#art-3-1)[二](/policies/rent/#benefit-flat)[三](/policies/rent/#art-4)[四](/policies/rent/#text)"

    assert said("linked_clauses_exist", make_story(body=body)) == ["body"]
    assert said("linked_clauses_exist", make_story(body=body.replace("#art-4", "#art-3-1"))) == []


def test_a_policy_may_link_to_its_own_clauses():
    policy = make_policy(slug="rent", state=State.DRAFT, body="[见第三条](#art-3)[第四条](/policies/rent/#art-4)")
    Clause.objects.create(policy=policy, number="3", text="条文")

    assert said("linked_clauses_exist", policy) == ["body"]
