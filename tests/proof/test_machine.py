"""Everybody does anything to everything in any order: nothing unreviewed is ever published, nothing hidden is ever shown."""

import datetime
import logging
import re

import hypothesis.strategies as st
import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from policies.models import Policy
from portal.publishing.aggregate import digest, snapshot
from portal.publishing.filling import LostReferenceError
from portal.publishing.lifecycle import StaleVersionError, finish_entry, save_entry
from portal.publishing.models import Edition, PastSlug, Publishable, State, SubmissionItem, WorkingCopy
from portal.publishing.restoring import RestoreError, restore
from portal.publishing.rights import Act, may
from portal.publishing.verifying.editions import edition_findings
from portal.publishing.verifying.log import log_findings
from portal.publishing.workflow import (
    RefusedError,
    apply_due,
    approve,
    begin_change,
    delete,
    discard_change,
    publish,
    recall,
    send_back,
    submit,
    take_over,
    unschedule,
    withdraw,
)
from regions.models import Event
from tests.proof.cast import Town
from tests.proof.profile import many
from tests.proof.reviewed import OUT_FOR_REVIEW, open_items_of, unreviewed
from tests.workflow.cast import again

pytestmark = pytest.mark.django_db
KINDS = {Policy: "policies", Event: "events"}
REFUSALS = (RefusedError, RestoreError, StaleVersionError, LostReferenceError)
TOKEN = re.compile(r"字样\d+止")
START = datetime.datetime(2027, 3, 1, tzinfo=datetime.UTC)
HOURS = st.integers(-30, 30)
MOSTLY = st.sampled_from([True] * 7 + [False])
BOX = ("summary", "slug", "region", "benefit", "change_note")

GRANTS = {
    "submit": ("contributor", "author", "chief"),
    "approve": ("reviewer", "reviewer", "reviewer", "chief", "publisher"),
    "publish": ("publisher", "publisher", "chief"),
}


class Publishing(RuleBasedStateMachine):
    town: Town
    done: dict[str, int]

    def __init__(self):
        super().__init__()
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.clock = time_machine.travel(START, tick=False)
        self.coordinates = self.clock.start()
        self.client = Client()
        self.words = 0
        self.touched, self.slug = Policy, ""
        self.is_changed = True
        self.checked = 0

    def teardown(self):
        try:
            assert [*edition_findings(), *log_findings()] == []
        finally:
            self.clock.stop()
            transaction.set_rollback(True)
            self.frame.__exit__(None, None, None)

    # --- what is drawn ---------------------------------------------------------------------------
    def row(self, data, *states):
        """Any row; mostly one in a state in which the act makes sense."""
        rows = [row for model in KINDS for row in model._base_manager.order_by("pk")]
        fitting = [row for row in rows if row.state in states]
        found = data.draw(st.sampled_from(fitting if fitting and data.draw(MOSTLY) else rows), label="row")
        self.touched, self.slug = type(found), found.slug
        return found

    def user(self, data, row, *roles):
        """Anybody; mostly somebody of the row's office with a role."""
        office = next((one for one in self.town.offices if one.region.pk == row.region_id), self.town.offices[0])
        fitting = [person for role in roles for person in self._holders(office, role)]
        return data.draw(st.sampled_from(fitting if data.draw(MOSTLY) else self.town.people), label="user")

    def _holders(self, office, role):
        if role == "reviewer":
            return office.reviewers
        return [getattr(office, role) if hasattr(office, role) else getattr(self.town, role)]

    def text(self):
        self.words += 1
        return f"字样{self.words}止"

    def act(self, name, work):
        """Take a step: done whole, or refused with a sentence and nothing written."""
        before = self.stored()
        self.is_changed = True
        try:
            with transaction.atomic():
                found = work()
        except REFUSALS as refusal:
            sentence = str(refusal)
        else:
            self.done[name] = self.done.get(name, 0) + 1
            return found
        assert sentence
        assert self.stored() == before
        self.is_changed = False
        self.done[f"{name} refused"] = self.done.get(f"{name} refused", 0) + 1
        return None

    def stored(self):
        rows = [list(model._base_manager.order_by("pk").values_list("pk", "state", "version")) for model in KINDS]
        return rows, Edition.objects.count(), SubmissionItem.objects.count(), WorkingCopy.objects.count()

    # --- what people do --------------------------------------------------------------------------
    @rule(data=st.data())
    def write_a_new_entry(self, data):
        office = data.draw(st.sampled_from(self.town.offices))
        user = data.draw(st.sampled_from([office.contributor, office.author, self.town.chief, self.town.stranger]))
        model = data.draw(st.sampled_from(list(KINDS)))
        template = model.objects.filter(copy_of=None, region=office.region).order_by("pk").first()
        if template is None:
            return

        def work():
            fresh = model(
                **{name: getattr(template, name) for name in ("region", "kind", "title", "name") if hasattr(template, name)}
            )
            fresh.slug, fresh.summary = f"new{self.words}", self.text()
            if model is Policy:
                fresh.issuer_unknown = True
            if not (answer := may(user, Act.CREATE, fresh)):
                raise RefusedError(answer.why)
            save_entry(fresh, by=user)
            if model is Policy:
                fresh.topics.set(template.topics.all())
            finish_entry(fresh)

        self.act("create", work)

    @rule(data=st.data())
    def live_through_it(self, data):
        """What an office does every day, in one go, so that deep states are reached."""
        row = self.row(data, State.PUBLISHED)
        office = next(one for one in self.town.offices if one.region.pk == row.region_id)
        if (
            row.state == State.PUBLISHED
            and row.is_live
            and (copy := self.act("open", lambda: begin_change(row, by=office.author)))
        ):
            if copy.state == State.DRAFT:
                copy = again(copy)
                setattr(copy, data.draw(st.sampled_from(["summary", "summary_en"])), self.text())
                save_entry(copy, by=office.author, expected_version=copy.version)
                finish_entry(copy)
                self._approve_all(office, copy)
            if again(copy).state == State.APPROVED:
                at = timezone.now() + datetime.timedelta(hours=data.draw(HOURS))
                self.act("publish", lambda: publish([again(copy)], by=office.publisher, at=at, override="上级要求"))

    def _approve_all(self, office, row):
        submission = self.act("submit", lambda: submit([row], by=office.author, override="上级要求"))
        for item in submission.items.all() if submission else ():
            for step in range(1, item.steps + 1):
                who = office.reviewers[(step - 1) % len(office.reviewers)]
                self.act("approve", lambda item=item, who=who, step=step: approve(item, by=who, step=step))

    @rule(data=st.data(), box=st.sampled_from(BOX), stale=st.booleans())
    def edit(self, data, box, stale):
        row = self.row(data, State.DRAFT)
        user = self.user(data, row, "author", "contributor", "chief", "publisher", "reviewer")
        expected = row.version - 1 if stale and data.draw(st.booleans()) else row.version
        region = data.draw(st.sampled_from(self.town.offices)).region

        def work():
            if not (answer := may(user, Act.EDIT, row)):
                raise RefusedError(answer.why)
            if box == "region":
                row.region = region
                if not (answer := may(user, Act.EDIT, row)):
                    raise RefusedError(answer.why)
            elif box != "benefit":
                setattr(row, box, f"s{self.text()[2:-1]}-{row.pk}" if box == "slug" else self.text())
            save_entry(row, by=user, expected_version=expected)
            if box == "benefit" and isinstance(row, Policy) and (benefit := row.benefits.first()):
                benefit.name = self.text()
                benefit.save()
            finish_entry(row)

        self.act("edit", work)

    @rule(data=st.data())
    def tamper_with_a_locked_text(self, data):
        """Past every form: straight in the table."""
        row = self.row(data, State.REVIEW, State.APPROVED, State.SCHEDULED)
        if row.state in OUT_FOR_REVIEW:
            type(row)._base_manager.filter(pk=row.pk).update(summary=self.text())
            self.done["tamper"] = self.done.get("tamper", 0) + 1
            self.is_changed = True

    @rule(data=st.data())
    def hand_in(self, data):
        row = self.row(data, State.DRAFT)
        user = self.user(data, row, *GRANTS["submit"])
        override = data.draw(st.sampled_from(["", "上级要求"]))
        self.act("submit", lambda: submit([row], by=user, override=override))

    @rule(data=st.data())
    def hand_in_many(self, data):
        rows = {row.pk: row for row in (self.row(data, State.DRAFT) for _ in range(3)) if isinstance(row, Policy)}
        if rows:
            user = self.user(data, next(iter(rows.values())), *GRANTS["submit"])
            self.act("submit many", lambda: submit(rows.values(), by=user, override="上级要求"))

    @rule(data=st.data(), times=st.integers(1, 3))
    def review(self, data, times):
        for _ in range(times):
            row = self.row(data, State.REVIEW)
            item = SubmissionItem.objects.filter(entry_type=row.type_label(), entry_id=row.pk).order_by("-pk").first()
            if item is None:
                continue
            user = self.user(data, row, *GRANTS["approve"])
            step = data.draw(st.sampled_from([item.passed + 1] * 6 + [item.passed, item.passed + 2]))
            self.act("approve", lambda item=item, user=user, step=step: approve(item, by=user, step=step))

    @rule(data=st.data())
    def return_it(self, data):
        row = self.row(data, State.REVIEW, State.APPROVED)
        item = SubmissionItem.objects.filter(entry_type=row.type_label(), entry_id=row.pk).order_by("-pk").first()
        if item is not None:
            reason = data.draw(st.sampled_from(["金额不对", " "]))
            user = self.user(data, row, *GRANTS["approve"])
            self.act("return", lambda: send_back(item, by=user, reason=reason))

    @rule(data=st.data())
    def take_it_back(self, data):
        row = self.row(data, State.REVIEW, State.APPROVED, State.SCHEDULED)
        user = self.user(data, row, *GRANTS["submit"])
        self.act("recall", lambda: recall(row, by=user))

    @rule(data=st.data(), hours=st.one_of(st.none(), HOURS), until=st.one_of(st.none(), st.none(), HOURS))
    def show_it(self, data, hours, until):
        row = self.row(data, State.APPROVED)
        user = self.user(data, row, *GRANTS["publish"])
        now = timezone.now()
        at = None if hours is None else now + datetime.timedelta(hours=hours)
        end = None if until is None else now + datetime.timedelta(hours=until)
        knows = data.draw(MOSTLY)
        was_withdrawn = not row.is_live and row.copy_of.state == State.WITHDRAWN
        done = self.act("publish", lambda: publish([row], by=user, at=at, until=end, override="上级要求", brings_back=knows))
        assert not (done and was_withdrawn and not knows)

    @rule(data=st.data())
    def take_the_date_away(self, data):
        row = self.row(data, State.SCHEDULED)
        user = self.user(data, row, *GRANTS["publish"])
        self.act("unschedule", lambda: unschedule(row, by=user))

    @rule(data=st.data())
    def withdraw_it(self, data):
        row = self.row(data, State.PUBLISHED)
        user = self.user(data, row, "publisher", "author", "administrator")
        self.act("withdraw", lambda: withdraw(row, by=user, reason="数字有误"))

    @rule(data=st.data())
    def open_a_copy(self, data):
        row = self.row(data, State.PUBLISHED, State.WITHDRAWN)
        user = self.user(data, row, "author", "chief", "publisher")
        self.act("open", lambda: begin_change(row, by=user))

    @rule(data=st.data())
    def review_it_whole(self, data):
        row = self.row(data, State.DRAFT)
        if row.state == State.DRAFT:
            self._approve_all(next(one for one in self.town.offices if one.region.pk == row.region_id), row)

    @rule(data=st.data())
    def discard_it(self, data):
        row = self.row(data, State.DRAFT)
        if row.is_live and data.draw(MOSTLY):
            return
        user = self.user(data, row, "author", "contributor", "chief")
        self.act("discard", lambda: discard_change(row, by=user))

    @rule(data=st.data())
    def merge_it(self, data):
        row = self.row(data, State.DRAFT)
        if row.is_live and data.draw(MOSTLY):
            return
        user = self.user(data, row, "author", "chief")
        self.act("take over", lambda: take_over(row, by=user))

    @rule(data=st.data())
    def delete_it(self, data):
        row = self.row(data, State.WITHDRAWN, State.DRAFT)
        user = self.user(data, row, "publisher", "author", "chief")

        if data.draw(st.integers(0, 3)) == 0:  # rarely, or nothing is left
            self.act("delete", lambda: delete([row], by=user))

    @rule(data=st.data())
    def restore_it(self, data):
        row = self.row(data, State.PUBLISHED, State.DRAFT, State.WITHDRAWN)
        user = self.user(data, row, "author", "chief")
        editions = list(Edition.objects.of(row).order_by("pk"))
        if not editions:
            return
        edition = data.draw(st.sampled_from(editions), label="edition")

        def work():
            act = Act.OPEN_COPY if row.is_live and row.state in {State.PUBLISHED, State.WITHDRAWN} else Act.EDIT
            if not (answer := may(user, act, row)):
                raise RefusedError(answer.why)
            restore(row, edition, by=user)

        self.act("restore", work)

    @rule(data=st.data())
    def forge(self, data):
        """What a form must not let through is refused by the steps themselves: a row that says of itself it is approved."""
        row = self.row(data, State.DRAFT)
        if row.state != State.DRAFT or open_items_of(row):
            return
        row.state = State.APPROVED
        user = self.user(data, row, "publisher", "chief")
        type(row)._base_manager.filter(pk=row.pk).update(state=State.APPROVED)
        try:
            assert self.act("publish forged", lambda: publish([row], by=user, override="上级要求")) is None
        finally:
            type(row)._base_manager.filter(pk=row.pk).update(state=State.DRAFT)

    @rule(hours=st.integers(0, 40))
    def time_passes(self, hours):
        self.is_changed = True
        self.coordinates.shift(datetime.timedelta(hours=hours, seconds=1))
        apply_due()

    @rule()
    def the_clock_jumps_back(self):
        self.is_changed = True
        self.coordinates.shift(-datetime.timedelta(days=1))
        apply_due()

    # --- what always holds -----------------------------------------------------------------------
    @invariant()
    def all_is_well(self):
        self.done["steps"] = self.done.get("steps", 0) + 1
        if self.is_changed:
            self.nothing_hidden_is_shown()
            self.everything_published_was_approved()
            self.what_is_out_for_review_is_in_one_submission()
            self.an_entry_has_one_copy_at_work_and_one_that_waits()
            self.live_entries_say_what_their_last_edition_says()
        self.is_changed = False

    def nothing_hidden_is_shown(self):
        model, plural = self.touched, KINDS[self.touched]
        listed = self.client.get(f"/api/v1/{plural}/?limit=200").json()["results"]  # first: what is due takes effect
        now = timezone.now()
        rows = list(model._base_manager.all())
        shown = {
            row.slug
            for row in rows
            if row.state == "published" and row.copy_of_id is None and row.visible_from <= now < row.visible_until
        }
        assert {row["slug"] for row in listed} == shown
        assert set(model.objects.published().values_list("slug", flat=True)) == shown
        allowed = self._words_of({row.uuid for row in rows if row.slug in shown and row.copy_of_id is None})
        said = [str(listed)]
        old = set(PastSlug.objects.filter(entry_type=model.type_label()).values_list("slug", flat=True))
        for slug in {row.slug for row in rows}:
            for address in (f"/api/v1/{plural}/{slug}/", *([f"/{plural}/{slug}/"] if slug == self.slug else [])):
                answer = self.client.get(address)
                good = {200} if slug in shown else {301, 404, 410} if slug in old else {404, 410}
                assert answer.status_code in good, (address, answer.status_code)
                said.append(answer.content.decode())
        assert set(TOKEN.findall(" ".join(said))) <= allowed

    def _words_of(self, uuids):
        editions = Edition.objects.filter(entry_uuid__in=uuids, number__isnull=False).order_by("number")
        last = dict(editions.values_list("entry_uuid", "payload"))
        return set(TOKEN.findall(" ".join(last.values())))

    def everything_published_was_approved(self):
        """Neither editions nor reviews change, so each is asked about once."""
        assert unreviewed(after=self.checked) == []
        self.checked = Edition.objects.order_by("pk").values_list("pk", flat=True).last()

    def what_is_out_for_review_is_in_one_submission(self):
        """And what is being written in none: no approval survives an edit."""
        for model in KINDS:
            for row in model._base_manager.all():
                items = open_items_of(row)
                if row.state not in OUT_FOR_REVIEW:
                    assert items == [], row.state
                elif row.state != State.SCHEDULED or not WorkingCopy.objects.get(entry_uuid=row.uuid, entry_id=row.pk).problem:
                    assert len(items) == 1, row.state
                    assert (items[0].passed == items[0].steps) == (row.state != State.REVIEW)

    def an_entry_has_one_copy_at_work_and_one_that_waits(self):
        for model in KINDS:
            copies = list(model._base_manager.filter(copy_of__isnull=False))
            kinds = [(row.copy_of_id, row.state == State.SCHEDULED) for row in copies]
            assert len(kinds) == len(set(kinds))
            assert {row.state for row in copies} <= {State.DRAFT, State.REVIEW, State.APPROVED, State.SCHEDULED}
            about = set(WorkingCopy.objects.filter(entry_type=model.type_label()).values_list("entry_id", flat=True))
            assert about == {row.pk for row in copies}

    def live_entries_say_what_their_last_edition_says(self):
        for model in KINDS:
            for row in model._base_manager.filter(copy_of=None, state__in=(State.PUBLISHED, State.WITHDRAWN)):
                last = Edition.objects.of(row).numbered().order_by("-number").first()
                assert last.digest == digest(snapshot(row))


@pytest.fixture
def quiet():
    """Addresses that answer 404 by the thousand are no news."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.usefixtures("quiet")
def test_nothing_wrong_is_ever_published():
    assert all(issubclass(model, Publishable) for model in KINDS)
    Publishing.done = {}
    with time_machine.travel(START - datetime.timedelta(days=1), tick=False), transaction.atomic():
        Publishing.town = Town()
        run_state_machine_as_test(
            Publishing,
            settings=settings(
                max_examples=many(5, 130),
                stateful_step_count=many(50, 60),
                deadline=None,
                derandomize=not many(0, 1),
                database=None,
                phases=[Phase.generate],  # shrinking would try for hours; the steps printed are short enough to read
                suppress_health_check=list(HealthCheck),
            ),
        )
        transaction.set_rollback(True)
    print(sorted(Publishing.done.items()))  # noqa: T201 -- shown by -s: what was tried
    assert Publishing.done["publish"] >= many(1, 100)
    assert Publishing.done["steps"] > many(100, 5000)
