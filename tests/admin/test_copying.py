"""A copy is a draft of its own: the text, rows and relations of the first, and nothing that only the first may be."""

import datetime

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from policies.models import Benefit, Clause, Policy, PolicyIssuer, PolicyRelation, ServiceMaterial, ServicePoint, ServiceStep
from portal.publishing.copying import copy_slug
from portal.publishing.models import Change, PastSlug
from portal.staff.models import Role
from regions.models import Attachment, Photo, PhotoUse, Region, RegionIdentity, Source
from tests.admin.browser import Browser, change_url, make_editor, make_person, messages_of
from tests.factories import (
    MAKERS,
    make_benefit,
    make_figure,
    make_organisation,
    make_photo,
    make_policy,
    make_service,
    make_source,
    make_story,
    make_topic,
)

pytestmark = pytest.mark.usefixtures("untold")

DAY = datetime.date(2024, 5, 1)


def copy(browser, entry):
    options = entry._meta
    return browser.send(reverse(f"admin:{options.app_label}_{options.model_name}_copy", args=[entry.pk]), {})


def copied(browser, entry):
    response = copy(browser, entry)
    assert response.status_code == 302, messages_of(response)
    made = type(entry).objects.exclude(pk=entry.pk).order_by("-pk").first()
    assert response["Location"] == change_url(made)
    return made


@pytest.mark.parametrize("model", list(MAKERS), ids=lambda model: model._meta.model_name)
def test_every_kind_is_copied_into_a_draft_of_its_own(root, model):
    entry = MAKERS[model](change_note="更正", last_verified_on=DAY, review_every_days=90)
    Change.objects.all().delete()

    made = copied(root, entry)

    assert (made.slug, made.state, made.version, made.created_by) == (f"{entry.slug}-copy", "draft", 1, root.user)
    assert (made.change_note, made.last_verified_on, made.first_published_at) == ("", None, None)
    assert (made.review_every_days, made.uuid != entry.uuid, str(made)) == (90, True, str(entry))
    assert Change.objects.count() == 0


def full_policy(region):
    policy = make_policy(
        region=region, slug="homes", doc_number_status="given", doc_code="渝府发", doc_year=2021, doc_seq=1,
        topics=[make_topic(slug="a"), make_topic(slug="b")], figures=[make_figure()], stories=[make_story(state="draft")],
    )  # fmt: skip
    clause = Clause.objects.create(policy=policy, number="3", text="条文", text_en="Text")
    make_benefit(policy=policy, slug="rent", clause=clause)
    PolicyIssuer.objects.create(policy=policy, organisation=make_organisation(), position=2)
    PolicyRelation.objects.create(policy=policy, kind="implements", target=make_policy())
    PhotoUse.objects.create(entry=policy, photo=make_photo(), caption="此处")
    Attachment.objects.create(entry=policy, title="原件", kind="pdf", sha256="a" * 64, size=9)
    return policy


def test_a_policy_brings_its_rows_and_relations(root, qijiang):
    policy = full_policy(qijiang)

    made = copied(root, policy)

    assert (made.doc_number_status, made.doc_code, made.doc_year, made.doc_seq) == ("unknown", "", None, None)
    for name in ("topics", "figures", "stories", "issuers"):
        assert list(getattr(made, name).order_by("pk")) == list(getattr(policy, name).order_by("pk")), name
    assert list(made.relations.values_list("kind", "target")) == list(policy.relations.values_list("kind", "target"))
    assert list(made.photo_uses.values_list("photo", "caption")) == list(policy.photo_uses.values_list("photo", "caption"))
    assert list(made.attachments.values_list("sha256", "title")) == [("a" * 64, "原件")]
    assert list(made.clauses.values_list("number", "text", "text_en")) == [("3", "条文", "Text")]


def test_rows_have_names_of_their_own_and_point_to_the_copied_rows(root, qijiang):
    policy = full_policy(qijiang)

    made = copied(root, policy)

    old, new = policy.benefits.get(), made.benefits.get()
    assert (old.slug, new.slug, new.clause, old.clause) == ("rent", "rent-copy", made.clauses.get(), policy.clauses.get())
    assert not set(Clause.objects.filter(policy=made).values_list("uid")) & set(policy.clauses.values_list("uid"))
    assert Benefit.objects.count() == 2


def test_the_first_stays_as_it_is(root, qijiang):
    policy = full_policy(qijiang)
    before = Policy.objects.filter(pk=policy.pk).values().get()

    copied(root, policy)

    assert Policy.objects.filter(pk=policy.pk).values().get() == before
    assert (policy.benefits.count(), policy.clauses.count(), policy.issuing.count()) == (1, 1, 1)


def test_a_service_brings_places_materials_and_steps_but_no_day_of_checking(root):
    service = make_service()
    ServicePoint.objects.create(service=service, name="大厅", last_verified_on=DAY)
    ServiceMaterial.objects.create(service=service, name="学历证书", copies=2)
    ServiceStep.objects.create(service=service, name="受理")

    made = copied(root, service)

    assert list(made.points.values_list("name", "last_verified_on")) == [("大厅", None)]
    assert list(made.materials.values_list("name", "copies")) == [("学历证书", 2)]
    assert list(made.steps.values_list("name")) == [("受理",)]


def test_the_identity_of_a_region_is_its_own(root, qijiang):
    RegionIdentity.objects.create(owner=qijiang, code="500110", full_name="綦江", valid_from="2011-01-01", authority="国标")

    made = copied(root, qijiang)

    assert (made.slug, made.parent, made.identities.count()) == ("qijiang-copy", qijiang.parent, 0)


def test_what_the_translation_was_made_from_is_remembered(root):
    source = make_source(title="统计公报", title_en="Bulletin")
    root.edit(source, title="统计年报")

    assert copied(root, source).stale_translations() == ["title"]


def test_a_copy_of_a_picture_shows_the_same_file(root):
    photo = make_photo()

    made = copied(root, photo)

    assert (made.sha256, made.width, Photo.objects.count()) == (photo.sha256, photo.width, 2)


def test_address_names_count_on_and_stay_within_their_length(db):
    make_source(slug="a-copy")
    PastSlug.objects.create(entry_type="regions.source", slug="a-copy-2", entry_uuid=make_source().uuid)
    long = "x" * 99
    first = copy_slug(Source, long)
    make_source(slug=first)

    assert [copy_slug(Source, slug) for slug in ("a", "a-copy", "b", "copy", "b-copyright")] == [
        "a-copy-3",
        "a-copy-3",
        "b-copy",
        "copy-copy",
        "b-copyright-copy",
    ]
    assert (len(first), copy_slug(Source, long)) == (90, f"{first}-2")


def test_an_address_alone_copies_nothing(root):
    policy = make_policy()

    response = root.get(reverse("admin:policies_policy_copy", args=[policy.pk]))

    assert (response["Location"], Policy.objects.count()) == (change_url(policy), 1)


def test_only_entries_of_the_own_regions_are_copied(editor, xiushan):
    policy = make_policy(region=xiushan)

    assert copy(editor, policy).status_code == 404
    assert Policy.objects.count() == 1


@pytest.mark.parametrize("right", [Role.REVIEWER, Role.AUDITOR])
def test_copying_needs_a_role_that_writes(qijiang, right):
    policy = make_policy(region=qijiang)
    reader = Browser(make_person("reader", right, region=None if right is Role.AUDITOR else qijiang))

    assert copy(reader, policy).status_code == 403
    assert "copy_url" not in reader.get(change_url(policy)).context_data
    assert Policy.objects.count() == 1


def test_a_copy_that_would_be_elsewhere_is_refused(editor, qijiang):
    regions = Region.objects.count()

    response = copy(editor, qijiang)

    assert messages_of(response) == ["没有复制：新的一条会不属于您负责的地区。请联系管理员。"]
    assert Region.objects.count() == regions


def test_the_page_says_what_to_do_next(editor, qijiang):
    response = copy(editor, make_source(region=qijiang, slug="paper"))

    assert messages_of(response) == [
        "已从“一篇报道”复制出一条草稿，网址名是 paper-copy。请改好标题、网址名和日期，核对后再发布。"
    ]


def test_every_page_of_an_entry_has_the_button(drawn, root):
    pages = [root.get(change_url(MAKERS[model](state="draft"))).content.decode() for model in MAKERS]

    assert ["复制为新的一条" in page for page in pages] == [True] * len(MAKERS)


@pytest.mark.parametrize("rows", [1, 3])
def test_copy_queries_grow_by_the_rows_written_only(qijiang, django_assert_num_queries, rows):
    browser = Browser(make_editor(qijiang, "copier"))
    ContentType.objects.get_for_models(Policy, *admin.site._registry)
    policy = make_policy(region=qijiang, topics=[make_topic() for _ in range(rows)])
    for number in range(rows):
        Clause.objects.create(policy=policy, number=str(number), text="条文")

    with django_assert_num_queries(38 + rows):
        copy(browser, policy)
