"""What a person may do with content: one choice that stands for a hundred single permissions."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from portal.staff.models import User

CONTENT_APPS = ("regions", "policies")


class Duty(TextChoices):
    EDIT = "edit", _("编辑：增加、修改、发布和删除内容")
    READ = "read", _("只看：看得到后台的内容，不能改")
    NONE = "none", _("没有：先不给权限，或只按所属的组")
    OTHER = "other", _("不变：保持现有的单项权限")


def permissions_of(duty: Duty) -> QuerySet[Permission]:
    content = Permission.objects.filter(content_type__app_label__in=CONTENT_APPS)
    if duty is Duty.READ:
        return content.filter(codename__startswith="view_")
    return content if duty is Duty.EDIT else content.none()


def duty_of(user: User) -> Duty:
    """The duty whose permissions the person holds, no more and no fewer; groups do not count."""
    held = set(user.user_permissions.values_list("pk", flat=True))
    duties = (
        duty for duty in (Duty.NONE, Duty.EDIT, Duty.READ) if held == set(permissions_of(duty).values_list("pk", flat=True))
    )
    return next(duties, Duty.OTHER)


def give_duty(user: User, duty: Duty) -> None:
    if duty is not Duty.OTHER:
        user.user_permissions.set(permissions_of(duty))
