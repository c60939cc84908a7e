"""The task lists of the editor's home: what each is called, who has a use for it, and where its rows come from."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.publishing.desk.branch import first_of, page_of
from portal.publishing.desk.dates import ending, scheduled, to_verify
from portal.publishing.desk.drafts import drafts, returned
from portal.publishing.desk.task import Task
from portal.publishing.desk.waiting import REVIEWERS, to_publish, to_review
from portal.publishing.rights import EDITORS, PUBLISHERS, sees_everything
from portal.staff.models import Role, User
from portal.staff.permissions import WRITERS

OLDEST_FIRST = ("task_rank", "task_when", "task_key", "task_type")
NEWEST_FIRST = ("task_rank", "-task_when", "-task_key", "task_type")
SHOWN = 5


@dataclass(frozen=True, slots=True)
class TaskList:
    """`for_all`: also for those who read everything, without any of the roles."""

    name: str
    label: str | Promise
    about: str | Promise
    when: str | Promise
    roles: frozenset[Role]
    branches: Callable[[User], list[QuerySet[Any]]]
    order: tuple[str, ...] = OLDEST_FIRST
    for_all: bool = False

    def is_for(self, user: User) -> bool:
        has_role = any(grant.role in self.roles for grant in user.grants_now())
        return has_role or (self.for_all and sees_everything(user))

    def rows(self, user: User) -> QuerySet[Any]:
        """All of it, as tuples of a `Task`, to slice and to count."""
        return page_of(self.branches(user), self.order)


@dataclass(frozen=True, slots=True)
class Glance:
    """One list on the first page; one query."""

    about: TaskList
    tasks: list[Task]
    count: int


LISTS = (
    TaskList(
        "review", _("待我审核"), _("等您审的内容。您写过的、上一级是您审的，不在其中。"), _("送审时间"), REVIEWERS, to_review
    ),
    TaskList(
        "returned", _("退回给我"), _("您写过的、被退回的草稿，改好再送审。"), _("退回时间"), WRITERS, returned, NEWEST_FIRST
    ),
    TaskList("publish", _("待发布"), _("审核已通过、等您发布的内容。"), _("通过时间"), PUBLISHERS, to_publish),
    TaskList(
        "scheduled",
        _("待生效"),
        _("定了时间、还没有生效的内容；没能生效的排在最前。"),
        _("生效时间"),
        EDITORS,
        scheduled,
        for_all=True,
    ),
    TaskList(
        "drafts", _("我的草稿"), _("您新建的、打开的或最后写过的草稿和修改稿。"), _("更新时间"), WRITERS, drafts, NEWEST_FIRST
    ),
    TaskList("ending", _("即将到期"), _("30 天内下线、失效或截止受理的内容。"), _("最后一天"), WRITERS, ending),
    TaskList(
        "verification",
        _("待核实"),
        _("到了核实周期的已发布内容；从没核实过的和过期最久的排在最前。"),
        _("应核实日期"),
        WRITERS,
        to_verify,
        for_all=True,
    ),
)


def lists_for(user: User) -> list[TaskList]:
    return [one for one in LISTS if one.is_for(user)]


def find_list(name: str) -> TaskList | None:
    return next((one for one in LISTS if one.name == name), None)


def glances(user: User) -> list[Glance]:
    """One query for each list the person has a use for, besides their roles."""
    return [Glance(one, *first_of(one.branches(user), one.order, SHOWN)) for one in lists_for(user)]
