"""The rows somebody sees, compared with what is asked row by row."""

import pytest

from policies.models import Benefit, Clause, Policy, Service, ServicePoint
from portal.publishing.models import Publishable
from portal.publishing.rights import Act, may
from portal.publishing.scope import entry_path, visible_to
from portal.staff.models import Role, User
from regions.models import Region, RegionIdentity, RegionMembership
from tests.admin.browser import grant, make_person
from tests.factories import MAKERS, make_benefit, make_region

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("untold")]
CHILDREN = (Benefit, Clause, ServicePoint, RegionIdentity, RegionMembership)


@pytest.fixture
def places():
    qijiang, xiushan = make_region("qijiang"), make_region("xiushan")
    town = make_region("town", parent=qijiang, kind="functional_zone")
    return {"chongqing": qijiang.parent, "qijiang": qijiang, "xiushan": xiushan, "town": town}


@pytest.fixture
def author():
    return make_person("author")


@pytest.fixture
def rows(places, author):
    """Of each type in each region a draft, one by the author, a published one with its working copy."""
    for model, make in MAKERS.items():
        for place in places.values():
            owner = {"parent": place} if model is Region else {"region": place}
            own = make(state="draft", **owner)
            make(state="draft", **owner)
            live = make(**owner)
            copy = model.objects.get(pk=live.pk)
            copy.pk, copy._state.adding, copy.copy_of_id, copy.state = None, True, live.pk, "draft"
            copy.save()
            model.objects.filter(pk=own.pk).update(created_by=author)
    for number, policy in enumerate(Policy.objects.all()):
        make_benefit(policy=policy, slug=f"b{number}")
        Clause.objects.create(policy=policy, number="1", text="条文")
    for service in Service.objects.all():
        ServicePoint.objects.create(service=service, name="大厅")
    for number, region in enumerate(Region.objects.all()):
        RegionIdentity.objects.create(
            owner=region, code=f"5{number:05}", full_name="名", valid_from="2011-01-01", authority="国标"
        )
        RegionMembership.objects.create(member=region, group=places["xiushan"], kind="statistical")


HELD = [
    [], [("editor", "qijiang")], [("editor", "chongqing")], [("reviewer", "town")], [("publisher", None)],
    [("contributor", "qijiang")], [("contributor", None)], [("contributor", "xiushan"), ("reviewer", "town")],
    [("auditor", None)], [("editor", "qijiang"), ("contributor", "chongqing")],
]  # fmt: skip


def test_what_is_seen_is_what_may_be_seen(rows, places, author, django_assert_max_num_queries):
    models = [*MAKERS, *CHILDREN]
    everything = {model: list(model._base_manager.order_by("pk")) for model in models}
    wrong = []
    for held in HELD:
        author.grants.all().delete()
        for role, place in held:
            grant(author, Role(role), places[place] if place else None)
        user = User.objects.get(pk=author.pk)
        user.grants_now()
        for model in models:
            with django_assert_max_num_queries(1):
                seen = list(visible_to(model._base_manager.all(), user).order_by("pk"))
            if seen != [row for row in everything[model] if may(user, Act.VIEW, row)]:
                wrong.append((held, model))

    assert wrong == []


def test_an_administrator_sees_everything(rows):
    user = User.objects.create_superuser("x")

    assert all(visible_to(model.objects.all(), user).count() == model.objects.count() > 0 for model in [*MAKERS, *CHILDREN])


def test_a_contributor_sees_what_is_published_and_their_own(rows, places, author):
    grant(author, Role.CONTRIBUTOR, places["qijiang"])

    seen = visible_to(Policy.objects.filter(region=places["qijiang"]), author)

    assert sorted(seen.values_list("state", "created_by")) == [("draft", author.pk), ("published", None)]


def test_only_entries_and_their_rows_belong_to_a_region():
    with pytest.raises(TypeError, match="User belongs to no region"):
        entry_path(User)
    assert not issubclass(User, Publishable)
