"""Permissions, groups and the region of a person of the release before become roles."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal.staff.models import RoleGrant
from regions.models import Region

BEFORE = [("staff", "0003_role_grant")]


@pytest.fixture
def former(transactional_db):
    """The apps of the release before; the database is brought up to date again afterwards.

    The region is made without the lifecycle: what that remembers cannot be deleted at the end.
    """
    region = Region.objects.create(slug="qijiang", name="綦江区", short_name="綦江区", name_en="Qijiang", kind="district")
    executor = MigrationExecutor(connection)
    old = executor.migrate(BEFORE).apps
    yield old, region
    call_command("migrate", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_people_keep_what_they_might_do(former):
    old, region = former
    people_then = old.get_model("staff", "User").objects
    content = old.get_model("auth", "Permission").objects.filter(content_type__app_label__in=["regions", "policies"])
    readers = old.get_model("auth", "Group").objects.create(name="核对")
    readers.permissions.set(content.filter(codename__startswith="view_"))
    people = {
        name: people_then.create(username=name, is_superuser=name == "root", region_id=where)
        for name, where in (
            ("editor", region.pk), ("city", None), ("reader", region.pk), ("grouped", region.pk), ("single", region.pk),
            ("nobody", region.pk), ("root", region.pk),
        )
    }  # fmt: skip
    for name in ("editor", "city", "root"):
        people[name].user_permissions.set(content)
    people["reader"].user_permissions.set(content.filter(codename__startswith="view_"))
    people["grouped"].groups.add(readers.pk)
    people["single"].user_permissions.set(content.filter(codename="change_figure"))

    call_command("migrate", "staff", verbosity=0)

    assert list(RoleGrant.objects.order_by("user", "role").values_list("user__username", "role", "region__slug", "until")) == [
        ("editor", "editor", "qijiang", None), ("editor", "publisher", "qijiang", None),
        ("city", "editor", None, None), ("city", "publisher", None, None),
        ("reader", "reviewer", "qijiang", None), ("grouped", "reviewer", "qijiang", None),
        ("single", "contributor", "qijiang", None),
    ]  # fmt: skip
