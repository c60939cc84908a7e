"""An entry as a whole: taken, written elsewhere, written back."""

import random
from itertools import permutations

import pytest

from policies.models import Benefit, Clause, Policy, Service, ServiceBasis
from portal.publishing.aggregate import LIFE, canonical, digest, shape_of, snapshot, snapshots
from portal.publishing.filling import LostReferenceError, write_snapshot
from portal.publishing.models import State
from portal.text.partial_date import parse_partial_date
from regions.models import Attachment, PhotoUse
from tests import factories as make
from tests.world import NAMES, build_world

pytestmark = pytest.mark.django_db


def make_whole_policy(**fields):
    policy = make.make_policy(
        slug="apartments", issuers=[make.make_organisation(), make.make_organisation(name="区人力社保局")],
        signed_on=parse_partial_date("2021-08"), figures=[make.make_figure()], **fields,
    )  # fmt: skip
    first = Clause.objects.create(policy=policy, number="1", text="第一条")
    Clause.objects.create(policy=policy, number="2", text="第二条", position=1)
    make.make_benefit(policy=policy, slug="rent", clause=first, amount_min="1000.5")
    PhotoUse.objects.create(entry=policy, photo=make.make_photo())
    Attachment.objects.create(entry=policy, title="申请表", kind="pdf", sha256="a" * 64, size=3)
    return policy


def copy_of(entry, taken):
    copy = type(entry)(uuid=entry.uuid, slug=entry.slug, copy_of=entry, state=State.DRAFT)
    write_snapshot(copy, taken, by=None)
    return copy


def test_a_snapshot_says_everything_and_names_identities():
    region = make.make_region("qijiang")
    office = make.make_organisation(region=region)
    topic = make.make_topic()
    policy = make.make_policy(slug="apartments", region=region, topics=[topic], issuers=[office], plan_from="2021-01-01")
    clause = Clause.objects.create(policy=policy, number="1", text="第一条")
    benefit = make.make_benefit(policy=policy, slug="rent", clause=clause, amount_min="1000.5")

    taken = snapshot(Policy.objects.get(pk=policy.pk))

    assert (taken["type"], taken["uuid"]) == ("policies.policy", str(policy.uuid))
    assert taken["columns"]["region"] == str(region.uuid)
    assert (taken["columns"]["slug"], taken["columns"]["plan_from"], taken["columns"]["source"]) == (
        "apartments",
        "2021-01-01",
        None,
    )
    assert taken["relations"] == {"topics": [str(topic.uuid)], "figures": [], "stories": []}
    assert list(taken["rows"]) == ["attachments", "clauses", "issuing", "photo_uses", "relations", "benefits"]
    assert taken["rows"]["issuing"] == {str(office.uuid): {"organisation": str(office.uuid), "position": 0}}
    row = taken["rows"]["benefits"][str(benefit.uid)]
    assert (row["slug"], row["clause"], row["amount_min"], row["service"]) == ("rent", str(clause.uid), "1000.50", None)
    assert not LIFE & taken["columns"].keys()


def test_many_snapshots_cost_one_query(django_assert_num_queries):
    policies = [make_whole_policy(), make.make_policy(), make.make_policy()]

    with django_assert_num_queries(1):
        found = snapshots(policies)

    assert found == {policy.pk: snapshot(Policy.objects.get(pk=policy.pk)) for policy in policies}


def test_every_type_is_written_as_it_was_taken():
    """Into a working copy and back, the same document, and nothing new is stored for the live entry."""
    for model, entry in build_world().items():
        entry = model.objects.get(pk=entry.pk)
        model.objects.filter(copy_of=entry).delete()
        taken = snapshot(entry)

        copy = copy_of(entry, taken)
        assert canonical(snapshot(model.objects.get(pk=copy.pk))) == canonical(taken), model
        keys = [sorted(one.of(entry).values_list("pk", flat=True)) for one in shape_of(model).row_sets]
        write_snapshot(entry, snapshot(copy), by=None)

        assert digest(snapshot(model.objects.get(pk=entry.pk))) == digest(taken)
        assert keys == [sorted(one.of(entry).values_list("pk", flat=True)) for one in shape_of(model).row_sets]


def test_every_column_of_every_type_is_content_life_or_derived():
    """A column that is none of them would be lost by publishing a working copy."""
    for model in NAMES:
        shape = shape_of(model)
        derived = {one.name for one in model._meta.concrete_fields} - {one.name for one in shape.columns} - LIFE
        row = make.MAKERS[model]()
        before = {name: getattr(row, name) for name in derived}
        for name in derived:
            setattr(row, name, type(row)._meta.get_field(name).get_default())
        row.save()
        assert {name: getattr(row, name) for name in derived} == before, model


@pytest.mark.parametrize("order", list(permutations("123"))[1:])
def test_clauses_swap_their_numbers_and_keep_their_keys(order):
    policy = make.make_policy()
    clauses = [Clause.objects.create(policy=policy, number=number, text=f"条{number}") for number in "123"]
    benefits = [make.make_benefit(policy=policy, slug=f"b{clause.number}", clause=clause) for clause in clauses]
    basis = ServiceBasis.objects.create(service=make.make_service(), policy=policy, clause=clauses[0])
    taken = snapshot(Policy.objects.get(pk=policy.pk))
    for clause, number in zip(clauses, order, strict=True):
        taken["rows"]["clauses"][str(clause.uid)]["number"] = number
    for benefit, number in zip(benefits, order, strict=True):
        taken["rows"]["benefits"][str(benefit.uid)]["slug"] = f"b{number}"

    write_snapshot(policy, taken, by=None)

    stored = dict(Clause.objects.filter(policy=policy).values_list("pk", "number"))
    assert stored == {clause.pk: number for clause, number in zip(clauses, order, strict=True)}
    assert set(Benefit.objects.filter(policy=policy).values_list("pk", "slug", "clause")) == {
        (benefit.pk, f"b{number}", clause.pk) for benefit, number, clause in zip(benefits, order, clauses, strict=True)
    }
    basis.refresh_from_db()
    assert basis.clause_id == clauses[0].pk


def test_photos_swap_their_uses():
    service = make.make_service()
    uses = [PhotoUse.objects.create(entry=service, photo=make.make_photo(), position=n) for n in range(2)]
    taken = snapshot(Service.objects.get(pk=service.pk))
    rows = taken["rows"]["photo_uses"]
    first, second = (rows[str(use.uid)] for use in uses)
    first["photo"], second["photo"] = second["photo"], first["photo"]

    write_snapshot(service, taken, by=None)

    assert list(PhotoUse.objects.order_by("pk").values_list("pk", "photo")) == [
        (uses[0].pk, uses[1].photo_id), (uses[1].pk, uses[0].photo_id),
    ]  # fmt: skip


def test_a_snapshot_that_names_what_is_gone_writes_nothing():
    policy = make_whole_policy()
    taken = snapshot(Policy.objects.get(pk=policy.pk))
    topic = policy.topics.get()
    policy.topics.clear()
    topic.delete()
    version = Policy.objects.get(pk=policy.pk).version
    taken["columns"]["title"] = "别的标题"

    with pytest.raises(LostReferenceError) as refused:
        write_snapshot(policy, taken, by=None)

    assert refused.value.names == [f"主题 {topic.uuid}"]
    assert Policy.objects.values_list("title", "version").get(pk=policy.pk) == ("綦江区人才公寓管理暂行办法", version)


def test_rows_come_and_go():
    policy = make_whole_policy()
    full = snapshot(Policy.objects.get(pk=policy.pk))
    bare = {**full, "relations": {}, "rows": {}}

    write_snapshot(policy, bare, by=None)
    assert [one.of(policy).count() for one in shape_of(Policy).row_sets] == [0] * 6
    write_snapshot(policy, full, by=None)

    assert canonical(snapshot(Policy.objects.get(pk=policy.pk))) == canonical(full)


def test_the_digest_does_not_depend_on_the_order_of_names():
    taken = snapshot(make_whole_policy())
    mixed = dict(random.sample(list(taken.items()), len(taken)))

    assert digest(mixed) == digest(taken)
