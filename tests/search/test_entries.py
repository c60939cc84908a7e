"""What of entries is in the index, and when."""

import datetime

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from policies.models import Clause, Policy, PolicyIssuer
from portal.publishing.lifecycle import delete_entry, touch_entry
from portal.publishing.models import FoundBy, Publishable, State
from portal.publishing.search_entries import rebuild_index, refresh_ended
from portal.publishing.working_copy import open_copy
from portal.search.models import SearchDocument, SearchState, SearchText
from portal.search.searching import matching, search
from portal.search.stores import store
from tests import factories as make
from tests.world import HIDDEN, SECRET, build_world

HOUR = datetime.timedelta(hours=1)


def found(text, **more):
    return {(hit.kind, hit.object_id) for hit in search(text, **more).hits}


def key(entry):
    return entry.type_label(), entry.pk


def kept():
    """All that the index holds, but for the keys of its own rows."""
    rows = SearchText.objects.select_related("document").order_by("document__kind", "document__object_id")
    return [(str(row.document), row.title, row.keys, row.names, row.body, row.document.visible_until) for row in rows]


def test_every_type_says_by_what_it_is_found():
    models = [model for model in apps.get_models() if issubclass(model, Publishable)]

    assert [model for model in models if not isinstance(model.found_by, FoundBy)] == []
    for model in models:
        names = {one.name for one in model._meta.get_fields()} | {"document_number"}
        said = model.found_by
        assert {*said.title, *said.keys, *said.body, *said.rows, *said.names, *filter(None, [said.topics, said.day])} <= names


@pytest.mark.django_db
def test_only_what_is_or_will_be_public_enters():
    entries = {how: make.make_policy(slug=how, title=f"人才公寓{how}", **fields) for how, fields in HIDDEN.items()}
    public = make.make_policy(slug="public", title="人才公寓办法")

    assert found("人才公寓") == {key(public)}
    assert set(SearchDocument.objects.filter(kind="policies.policy").values_list("object_id", flat=True)) == {
        public.pk,
        entries["scheduled"].pk,
    }
    assert found("人才公寓", now=make.FAR_OFF + HOUR) == {key(public), key(entries["scheduled"])}


@pytest.mark.django_db
def test_a_world_of_secrets_gives_none_away():
    build_world()
    rebuild_index()  # the world puts words in place behind the back of the write path

    texts = SearchText.objects.exclude(document__visible_from__gt=timezone.now())
    assert [row.label for row in texts if SECRET in f"{row.label}{row.keys}{row.body}"] == []
    assert search(SECRET).total == 0


@pytest.mark.django_db
def test_a_change_counts_at_once_and_a_withdrawal_too():
    policy = make.make_policy(title="人才公寓管理办法")
    policy.title = "职称评审管理办法"
    touch_entry(policy, by=None)

    assert found("人才公寓") == set()
    assert found("职称评审") == {key(policy)}
    policy.state, policy.withdrawn_reason = State.WITHDRAWN, "已被替代"
    touch_entry(policy, by=None)
    assert found("职称评审") == set()
    assert not SearchDocument.objects.filter(kind="policies.policy").exists()


@pytest.mark.django_db
def test_an_entry_is_found_by_its_rows_as_they_are():
    policy = make.make_policy()
    clause = Clause.objects.create(policy=policy, number="1", text="每月发放八百元租房补贴")
    make.make_benefit(policy=policy, name="专家疗养")
    touch_entry(policy, by=None)

    assert found("租房补贴") == found("专家疗养") == {key(policy)}
    clause.delete()
    touch_entry(policy, by=None)
    assert found("租房补贴") == set()


@pytest.mark.django_db
def test_a_working_copy_is_not_found_until_it_is_applied(django_user_model):
    policy = make.make_policy(title="人才公寓管理办法")
    copy = open_copy(policy, by=None)
    copy.title = "创业贷款管理办法"
    touch_entry(copy, by=None)

    assert found("创业贷款") == set()
    assert found("人才公寓") == {key(policy)}


@pytest.mark.django_db
def test_deletion_takes_it_out():
    policy = make.make_policy(title="人才公寓管理办法")
    delete_entry(policy)

    assert found("人才公寓") == set()
    assert not SearchText.objects.filter(title__contains="人才公寓").exists()


@pytest.mark.django_db
def test_an_entry_is_found_by_the_names_of_what_it_belongs_to_while_these_are_public():
    region = make.make_region("xiushan", name="秀山土家族苗族自治县", short_name="秀山县")
    office = make.make_organisation(slug="bureau", name="人力资源和社会保障局", region=region)
    policy = make.make_policy(slug="jobs", title="就业见习办法", region=region)
    PolicyIssuer.objects.create(policy=policy, organisation=office)
    touch_entry(policy, by=None)

    assert key(policy) in found("秀山县")
    assert key(policy) in found("人力资源和社会保障局")
    office.name = "水利勘测中心"
    touch_entry(office, by=None)
    assert key(policy) in found("水利勘测中心")
    assert key(policy) not in found("人力资源和社会保障局")
    office.state, office.withdrawn_reason = State.WITHDRAWN, "撤并"
    touch_entry(office, by=None)
    assert found("水利勘测中心") == set()


@pytest.mark.django_db
def test_what_is_public_only_with_others_comes_and_goes_with_them():
    topic = make.make_topic(slug="housing", name="安居保障")
    assert found("安居保障") == set()

    policy = make.make_policy(topics=[topic])
    assert found("安居保障") == {key(topic), key(policy)}

    policy.state, policy.withdrawn_reason = State.WITHDRAWN, "已被替代"
    touch_entry(policy, by=None)
    assert found("安居保障") == set()


@pytest.mark.django_db
def test_what_ended_is_taken_out_or_comes_back():
    policy = make.make_policy(title="人才公寓管理办法")
    later = timezone.now() + HOUR
    SearchDocument.objects.filter(object_id=policy.pk, kind="policies.policy").update(visible_until=timezone.now())
    ended = make.make_story(slug="over", headline="人才公寓交付", visible_until=later)

    assert refresh_ended(later) == 2
    assert found("人才公寓", now=later) == {key(policy)}
    assert not SearchDocument.objects.filter(kind="regions.story", object_id=ended.pk).exists()


@pytest.mark.django_db
def test_a_condition_for_a_list_holds_the_keys_of_its_type():
    policy = make.make_policy(title="人才公寓管理办法")
    make.make_service(name="人才公寓入住")
    make.make_policy(slug="other", title="职称评审")

    assert list(Policy.objects.published().filter(matching("人才公寓", "policies.policy"))) == [policy]


@pytest.mark.django_db
def test_rebuilding_gives_what_saving_gave():
    public = build_world()
    count = rebuild_index()
    rebuilt = kept()

    for entry in public.values():
        touch_entry(type(entry)._base_manager.get(pk=entry.pk), by=None)

    assert kept() == rebuilt
    assert len(rebuilt) == count > len(public)


@pytest.mark.django_db
def test_the_clock_builds_an_index_that_is_missing():
    policy = make.make_policy(title="人才公寓管理办法")
    missing = SearchState.get().generation
    store().drop(missing)
    assert found("人才公寓") == {key(policy)}

    call_command("tick")

    assert found("人才公寓") == {key(policy)}
    assert store().is_there(missing + 1)


@pytest.mark.django_db
def test_the_command_says_how_many(capsys):
    make.make_policy(title="人才公寓管理办法")

    call_command("rebuild_index", "--from-start")

    assert capsys.readouterr().out == f"indexed 已编入索引: {SearchDocument.objects.count()}\n"
