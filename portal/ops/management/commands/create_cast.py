import secrets
from typing import Any, NamedTuple

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.ops.sample.loader import AUTHOR
from portal.staff.models import Role, RoleGrant, User
from regions.models import Region

ALPHABET = "abcdefghjkmnpqrstuvwxyzACDEFGHJKLMNPQRTUVWXY34679"  # none that look alike in print
PASSWORD_LENGTH = 16


class Member(NamedTuple):
    username: str
    display_name: str
    region: str
    """Slug; empty for the whole site."""
    role: Role | None
    """None for the site administrator."""


CAST = (
    Member("administrator", "管理员", "", None),
    Member("auditor", "审计", "", Role.AUDITOR),
    Member("qijiang-contributor", "綦江供稿", "qijiang", Role.CONTRIBUTOR),
    Member("qijiang-author", "綦江编辑", "qijiang", Role.EDITOR),
    Member("qijiang-reviewer-1", "綦江一审", "qijiang", Role.REVIEWER),
    Member("qijiang-reviewer-2", "綦江二审", "qijiang", Role.REVIEWER),
    Member("qijiang-reviewer-3", "綦江三审", "qijiang", Role.REVIEWER),
    Member("qijiang-publisher", "綦江发布", "qijiang", Role.PUBLISHER),
    Member("xiushan-author", "秀山编辑", "xiushan", Role.EDITOR),
    Member("xiushan-reviewer", "秀山审核", "xiushan", Role.REVIEWER),
    Member("xiushan-publisher", "秀山发布", "xiushan", Role.PUBLISHER),
)


class Command(BaseCommand):
    help = "Create accounts to try the site with, on a local site that has none yet, and print their passwords once."

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exclude(username=AUTHOR).exists():
            self.stdout.write("There are accounts already; none were created. 已有账号，未新建。")
            return
        if not settings.IS_LOCAL:
            raise CommandError(
                f"{settings.SITE_URL} is not a local site. Create its first account with `manage.py createsuperuser`."
            )
        with transaction.atomic():
            passwords = {member: _create(member) for member in CAST}
        self._print(passwords)

    def _print(self, passwords: dict[Member, str]) -> None:
        width = max(len(member.username) for member in CAST)
        self.stdout.write("\nAccounts for trying the site; the passwords are shown only now. 试用账号，密码只显示这一次：\n")
        for member, password in passwords.items():
            self.stdout.write(f"  {member.username:<{width}}  {password}  {member.display_name}")


def _create(member: Member) -> str:
    """Store the account and return its password."""
    password = "".join(secrets.choice(ALPHABET) for _ in range(PASSWORD_LENGTH))
    user = User(username=member.username, display_name=member.display_name, is_staff=True, is_superuser=member.role is None)
    user.set_password(password)
    user.full_clean()
    user.save()
    if member.role is not None:
        RoleGrant.objects.create(user=user, role=member.role, region=_region(member.region) if member.region else None)
    return password


def _region(slug: str) -> Region:
    region: Region | None = Region.objects.filter(slug=slug, copy_of=None).first()
    if region is None:
        raise CommandError(f"There is no region “{slug}” yet. Run `manage.py load_sample` first.")
    return region
