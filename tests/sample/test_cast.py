import re

import pytest
from django.core.management import CommandError, call_command

from portal.ops.sample.loader import load_folder
from portal.staff.models import User
from tests.factories import make_region

pytestmark = pytest.mark.django_db
LINE = re.compile(r"^  (\S+) +(\w{16})  (\S+)$", re.MULTILINE)


def cast() -> None:
    make_region("qijiang")
    make_region("xiushan")
    call_command("create_cast")


def test_cast_is_created_once_with_the_passwords_printed(capsys):
    cast()

    printed = LINE.findall(capsys.readouterr().out)
    assert [name for name, _password, _shown in printed] == [
        "administrator",
        "auditor",
        *(
            "qijiang-contributor",
            "qijiang-author",
            "qijiang-reviewer-1",
            "qijiang-reviewer-2",
            "qijiang-reviewer-3",
            "qijiang-publisher",
        ),
        *("xiushan-author", "xiushan-reviewer", "xiushan-publisher"),
    ]
    for name, password, shown in printed:
        user = User.objects.get(username=name)
        assert user.check_password(password)
        assert (user.display_name, user.is_staff, user.is_superuser) == (shown, True, name == "administrator")
    assert len({password for _name, password, _shown in printed}) == 11


@pytest.mark.parametrize(
    ("username", "role", "region", "may_view", "may_change"),
    [
        ("auditor", "auditor", None, True, False),
        ("qijiang-contributor", "contributor", "qijiang", True, True),
        ("qijiang-author", "editor", "qijiang", True, True),
        ("qijiang-reviewer-2", "reviewer", "qijiang", True, False),
        ("xiushan-publisher", "publisher", "xiushan", True, True),
    ],
)
def test_each_member_plays_one_role(username, role, region, may_view, may_change):
    cast()

    user = User.objects.get(username=username)
    assert list(user.grants.values_list("role", "region__slug", "until")) == [(role, region, None)]
    assert (user.has_perm("policies.view_policy"), user.has_perm("policies.change_policy")) == (may_view, may_change)
    assert not user.has_perm("staff.change_user")


def test_the_administrator_has_no_role():
    cast()

    assert list(User.objects.filter(grants=None).values_list("username", flat=True)) == ["administrator"]


def test_second_run_creates_nothing_and_says_so(capsys):
    cast()
    capsys.readouterr()

    call_command("create_cast")

    assert capsys.readouterr().out.count("\n") == 1
    assert User.objects.count() == 11


def test_account_of_the_sample_does_not_count_and_cannot_sign_in(folder, capsys):
    load_folder(folder)
    make_region("xiushan")

    call_command("create_cast")

    author = User.objects.get(username="sample")
    assert (author.is_active, author.is_staff, author.has_usable_password()) == (False, False, False)
    assert User.objects.count() == 12
    assert "administrator" in capsys.readouterr().out


def test_public_site_gets_no_cast(settings):
    settings.IS_LOCAL = False

    with pytest.raises(CommandError, match="not a local site"):
        cast()

    assert User.objects.count() == 0


def test_missing_district_creates_no_account_at_all():
    make_region("qijiang")

    with pytest.raises(CommandError, match="xiushan"):
        call_command("create_cast")

    assert User.objects.count() == 0
