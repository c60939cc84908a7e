"""The steps that must be whole: what they begin with, and for each a function that reads what it needs and returns the work."""

import datetime

from django.core.management import call_command
from django.utils import timezone

from policies.models import Policy
from portal.publishing.models import Edition, State, WorkingCopy
from portal.publishing.restoring import restore
from portal.publishing.workflow import apply_due, delete, publish, submit
from portal.publishing.working_copy import open_copy
from portal.staff.models import User
from tests import factories as make
from tests.workflow.cast import Office, again
from tests.workflow.test_review import rewrite


def begin():
    """Policies with clauses, benefits and photos: one public, one changed and approved, one waiting, one draft."""
    office = Office(make.make_region("qijiang", review_steps=3))
    for slug in ("live", "changed", "waiting"):
        policy = make.make_policy(slug=slug, region=office.region, summary="旧。")
        first = make.make_benefit(policy=policy, slug=f"{slug}-a", name="甲")
        make.make_benefit(policy=policy, slug=f"{slug}-b", name="乙")
        policy.photo_uses.create(photo=make.make_photo())
        if slug == "live":
            continue
        copy = open_copy(policy, by=office.author)
        copy.benefits.filter(uid=first.uid).update(name="丙")
        copy.benefits.exclude(uid=first.uid).delete()
        make.make_benefit(policy=copy, slug=f"{slug}-c", name="丁")
        copy = office.approve(rewrite(copy, office.author, summary="新。"))
        if slug == "waiting":
            publish([copy], by=office.publisher, at=timezone.now() + datetime.timedelta(days=1))
            WorkingCopy.objects.filter(entry_uuid=policy.uuid).update(apply_at=timezone.now() - datetime.timedelta(days=1))
    make.make_policy(slug="draft", region=office.region, state=State.DRAFT)


def _publish():
    copy = Policy.objects.get(slug="changed", copy_of__isnull=False)
    publisher = User.objects.get(username="qijiang-publisher")
    return lambda: publish([copy], by=publisher)


def _apply_due():
    return apply_due


def _restore():
    live = Policy.objects.get(slug="live")
    author, edition = User.objects.get(username="qijiang-author"), Edition.objects.of(live).first()
    return lambda: restore(live, edition, by=author)


def _submit():
    draft = Policy.objects.get(slug="draft")
    return lambda: submit([again(draft)], by=User.objects.get(username="qijiang-author"))


def _delete():
    draft = Policy.objects.get(slug="draft")
    return lambda: delete([draft], by=User.objects.get(username="qijiang-author"))


def _load_sample():
    return lambda: call_command("load_sample", verbosity=0)


STEPS = {
    "publish": _publish, "apply_due": _apply_due, "restore": _restore, "submit": _submit, "delete": _delete,
    "load_sample": _load_sample,
}  # fmt: skip
