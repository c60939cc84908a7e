"""People of two offices, and the whole way of a text in one call."""

from typing import Any

from portal.publishing.models import SubmissionItem
from portal.publishing.workflow import approve, publish, submit
from portal.publishing.workflow.steps import open_item
from portal.staff.models import Role, RoleGrant, User


def person(name: str, role: Role, region: Any = None) -> User:
    user = User.objects.create_user(name, "", "secret", is_staff=True)
    RoleGrant.objects.create(user=user, role=role, region=region)
    return user


class Office:
    """An author, reviewers and a publisher of one region."""

    def __init__(self, region: Any, reviewers: int = 3) -> None:
        self.region = region
        name = region.slug
        self.contributor = person(f"{name}-contributor", Role.CONTRIBUTOR, region)
        self.author = person(f"{name}-author", Role.EDITOR, region)
        self.reviewers = [person(f"{name}-reviewer-{n}", Role.REVIEWER, region) for n in range(1, reviewers + 1)]
        self.publisher = person(f"{name}-publisher", Role.PUBLISHER, region)

    def hand_in(self, *entries: Any, **fields: Any) -> list[SubmissionItem]:
        return list(submit(entries, by=self.author, **fields).items.all())

    def review(self, item: SubmissionItem, steps: int | None = None) -> SubmissionItem:
        """Have a text approved by one reviewer after the other."""
        for step in range(item.passed + 1, (steps or item.steps) + 1):
            item = approve(item, by=self.reviewers[step - 1], step=step)
        return item

    def approve(self, entry: Any) -> Any:
        """Hand a draft in and have it approved; the entry as it is then."""
        [item] = self.hand_in(entry)
        self.review(item)
        return again(entry)

    def publish(self, entry: Any, **fields: Any) -> Any:
        """The whole way of a draft; the live entry."""
        [live] = publish([self.approve(entry)], by=self.publisher, **fields)
        return live


def again(entry: Any) -> Any:
    return type(entry)._base_manager.get(pk=entry.pk)


def item_of(entry: Any) -> SubmissionItem:
    item = open_item(entry)
    assert item is not None
    return item
