"""Every finding leads to a box that is really there, in the order the form shows its boxes."""

import re

import pytest
from django.contrib.contenttypes.fields import GenericRelation

from policies.models import (
    Benefit,
    Clause,
    Policy,
    PolicyIssuer,
    PolicyRelation,
    Service,
    ServiceBasis,
    ServiceMaterial,
    ServicePoint,
    ServiceStep,
)
from portal.publishing.gate import Problem, findings
from portal.publishing.gate.completeness import needed_relations
from portal.publishing.gate.places import form_of
from portal.publishing.gate.whole import Whole, row_sets, text_columns
from portal.publishing.models import State
from regions.models import Attachment, Event, Figure, Photo, PhotoUse, RegionIdentity, RegionMembership
from tests.admin.browser import Browser, change_url, make_editor
from tests.factories import MAKERS, make_benefit, make_organisation, make_photo, make_policy, make_region, make_service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("made_as_drafts")]

ID = re.compile(r'\sid="([^"]+)"')
"""Columns that rules name besides texts and relations."""
NAMED = {
    Figure: ["as_of", "as_of_basis", "source", "indicator", "rank_among", "period_until"],
    Photo: ["sha256", "people_consent"],
    Event: ["starts", "ends"],
    Policy: ["doc_code", "issuer_unknown", "published_on", "effective_from", "effective_until", "plan_until", "topics"],
    Service: ["day_unit", "promised_days"],
}


def add_rows(entry):
    """Two rows of each kind the entry may have."""
    rows = {
        RegionIdentity: lambda n: RegionIdentity(
            owner=entry, code=f"50011{n}", full_name="区", valid_from="2011-10-01", authority="国标"
        ),
        RegionMembership: lambda n: RegionMembership(member=entry, group=make_region("xiushan"), kind="located_in"),
        PolicyIssuer: lambda n: PolicyIssuer(policy=entry, organisation=make_organisation(name=f"机构{n}")),
        Benefit: lambda n: Benefit(policy=entry, slug=f"b{n}", name="待遇", kind="cash", beneficiary="person"),
        Clause: lambda n: Clause(policy=entry, number=str(n), text="条文"),
        PolicyRelation: lambda n: PolicyRelation(policy=entry, kind="implements", target=make_policy()),
        ServicePoint: lambda n: ServicePoint(service=entry, name="窗口"),
        ServiceMaterial: lambda n: ServiceMaterial(service=entry, name="材料"),
        ServiceStep: lambda n: ServiceStep(service=entry, name="受理"),
        ServiceBasis: lambda n: ServiceBasis(service=entry, policy=make_policy()),
        PhotoUse: lambda n: PhotoUse(entry=entry, photo=make_photo()),
        Attachment: lambda n: Attachment(entry=entry, title="附件", kind="pdf", sha256=f"{n:064x}", size=1),
    }
    for row_set in row_sets(type(entry)):
        for number in (1, 2):
            rows[row_set.model](number).save()


@pytest.mark.parametrize("make", MAKERS.values(), ids=[model.__name__ for model in MAKERS])
def test_every_column_a_rule_names_has_its_box_in_the_real_form(make):
    """But the reason of a withdrawal, which no form holds."""
    entry = make(state=State.DRAFT)
    add_rows(entry)
    page = Browser(make_editor()).get(change_url(entry))
    shown = set(ID.findall(page.content.decode()))
    form, whole = form_of(type(entry)), Whole(entry)

    columns = [*text_columns(type(entry)), *needed_relations(type(entry))]
    names = [one.name for one in columns if one.name != "withdrawn_reason"] + NAMED.get(type(entry), [])
    places = [form.place(Problem("", name), None, 0) for name in names]
    for row_set, number, row in whole.all_rows():
        places += [form.place(Problem("", one.name, row), row_set, number) for one in text_columns(type(row))]

    assert {place.anchor for place in places} - shown == set()
    assert form.place(Problem("", "withdrawn_reason"), None, 0).anchor == ""
    assert len({rows.name for rows, _number, _row in whole.all_rows()}) == len(row_sets(type(entry)))


def test_every_set_of_rows_of_an_entry_is_read():
    generic = [one.name for one in Policy._meta.private_fields if isinstance(one, GenericRelation)]

    assert sorted(one.name for one in row_sets(Policy)) == sorted(["issuing", "benefits", "clauses", "relations", *generic])
    assert [one.name for one in row_sets(Figure)] == []


def test_findings_follow_the_form():
    policy = make_policy(title="待定", summary="", topics=[], issuer_unknown=False, state=State.DRAFT, change_note="TODO")
    Clause.objects.create(policy=policy, number="1", position=2, text="待补充")
    Clause.objects.create(policy=policy, number="2", position=1, text="")
    make_benefit(policy=policy, name="TBD", conditions="待填写")
    PhotoUse.objects.create(entry=policy, photo=make_photo(), caption="xxx")
    Attachment.objects.create(entry=policy, title="TODO", kind="pdf", sha256=f"{1:064x}", size=1)

    assert [(found.rule, found.field, found.anchor, found.row) for found in findings(policy)] == [
        ("required_boxes_are_filled", "topics", "id_topics", ""),
        ("no_placeholder_is_left", "title", "id_title", ""),
        ("issuer_is_said", "issuer_unknown", "id_issuer_unknown", ""),
        ("required_boxes_are_filled", "summary", "id_summary", ""),
        ("no_placeholder_is_left", "change_note", "id_change_note", ""),
        ("no_placeholder_is_left", "name", "id_benefits-0-name", "待遇“TBD”"),
        ("no_placeholder_is_left", "conditions", "benefits-0", "待遇“TBD”"),
        ("required_boxes_are_filled", "text", "id_clauses-0-text", "条款“2”"),
        ("no_placeholder_is_left", "text", "id_clauses-1-text", "条款“1”"),
        ("no_placeholder_is_left", "caption", "id_regions-photouse-entry_type-entry_id-0-caption", "配图第 1 行"),
        ("no_placeholder_is_left", "title", "id_regions-attachment-entry_type-entry_id-0-title", "附件“TODO”"),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_each_set_of_rows_is_read_once(rows, django_assert_num_queries):
    """Six sets of rows; the topics of a policy; its links: one query for policies, two for clauses and benefits."""
    make_policy(slug="other", state=State.PUBLISHED)
    policy = make_policy(body="[见](/policies/other/#art-1)" * rows, state=State.DRAFT)
    service = make_service(state=State.DRAFT)
    for number in range(rows):
        make_benefit(policy=policy, name="TODO")
        Clause.objects.create(policy=policy, number=str(number), text="条文")
        PhotoUse.objects.create(entry=policy, photo=make_photo())
        ServicePoint.objects.create(service=service, name="窗口")

    policy, service = Policy.objects.get(pk=policy.pk), Service.objects.get(pk=service.pk)
    with django_assert_num_queries(10):
        assert len(findings(policy)) == 2 * rows
    with django_assert_num_queries(6):
        assert findings(service) == []
