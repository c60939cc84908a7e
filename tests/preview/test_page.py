"""A preview is the readers' page of what is not public yet, and leaves nothing behind."""

import datetime
import threading

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone, translation

from policies.models import Clause, Policy
from portal.publishing.lifecycle import finish_entry, save_entry
from portal.publishing.models import OPEN, State
from portal.publishing.preview import BusyError, ChangedError, NotShownError, public_for_a_moment
from portal.publishing.working_copy import apply_copy, copies_of, open_copy
from regions.models import Event, Figure, Indicator, Organisation, Photo, PhotoUse, Region, Source, Story, Topic
from tests import factories as make
from tests.preview.reading import LANGUAGES, everything, previewed, unmarked
from tests.publishing.test_aggregate import make_whole_policy
from tests.publishing.test_working_copy import edit
from tests.world import NAMES, build_world

pytestmark = pytest.mark.django_db
USED = {Source, Indicator, Topic}
"""Types that readers see only where something public uses them."""


def read(client, entry, language="zh-hans"):
    with translation.override(language):
        return client.get(entry.get_absolute_url())


def whole_draft(model):
    """A draft of a type with rows and relations where the type has them."""
    if model is Policy:
        return make_whole_policy(state=State.DRAFT)
    draft = make.MAKERS[model](state=State.DRAFT)
    if hasattr(draft, "photo_uses"):
        PhotoUse.objects.create(entry=draft, photo=make.make_photo())
    return draft


def use(entry):
    """Something public that names the entry, so that readers see it."""
    if isinstance(entry, Source):
        make.make_policy(source=entry)
    elif isinstance(entry, Indicator):
        make.make_figure(indicator=entry)
    elif isinstance(entry, Topic):
        make.make_policy(topics=[entry])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", make.MAKERS, ids=lambda model: model.__name__)
def test_a_new_draft_is_previewed_as_it_is_read_once_published(client, model, language):
    draft = whole_draft(model)
    use(draft)

    with time_machine.travel(timezone.now(), tick=False):
        page = previewed(draft, language)
        assert read(client, draft, language).status_code == 404
        edit(model.objects.get(pk=draft.pk), state=State.PUBLISHED)
        published = read(client, draft, language)

    assert published.status_code == 200
    assert unmarked(page, language) == published.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_working_copy_is_previewed_as_it_is_read_once_applied(client, language):
    for model, live in build_world().items():
        model.objects.filter(copy_of=live).delete()
        live = model.objects.get(pk=live.pk)
        copy = edit(open_copy(live, by=None), **{NAMES[model][0]: "新的名称", "slug": f"{live.slug}-new"})
        before = read(client, live, language).content.decode()

        with time_machine.travel(timezone.now(), tick=False):
            page = previewed(copy, language)
            assert read(client, live, language).content.decode() == before, model
            live, _edition = apply_copy(model.objects.get(pk=copy.pk), by=None)
            published = read(client, live, language).content.decode()

        assert unmarked(page, language) == published, model


def test_the_note_of_a_correction_is_previewed(client):
    with time_machine.travel(timezone.now() - datetime.timedelta(days=3), tick=False):
        live = make.make_policy()
    copy = edit(open_copy(live, by=None), change_note="更正了窗口电话")

    with time_machine.travel(timezone.now(), tick=False):
        page = previewed(copy)
        apply_copy(Policy.objects.get(pk=copy.pk), by=None)
        published = read(client, live).content.decode()

    assert "更正了窗口电话" in published
    assert unmarked(page) == published


def test_rows_that_changed_places_are_shown_in_their_new_ones():
    policy = make_whole_policy()
    copy = open_copy(policy, by=None)
    first, second = copy.clauses.order_by("number")
    Clause.objects.filter(pk=first.pk).update(number="3", position=3)
    Clause.objects.filter(pk=second.pk).update(number="1")

    page = previewed(copy)

    assert page.index("第二条") < page.index("第一条")
    assert list(policy.clauses.order_by("number").values_list("number", "text")) == [("1", "第一条"), ("2", "第二条")]


@pytest.mark.parametrize("state", [State.REVIEW, State.APPROVED, State.WITHDRAWN])
def test_every_state_is_previewed(state):
    policy = make.make_policy(state=state, title="待看的标题", withdrawn_reason="有误")

    assert "待看的标题" in previewed(policy)
    assert Policy.objects.get(pk=policy.pk).state == state


@pytest.mark.parametrize(
    "dates", [{"visible_from": make.FAR_OFF}, {"visible_from": make.LONG_AGO, "visible_until": make.LONG_AGO.replace(year=2001)}]
)
def test_what_is_to_come_and_what_is_over_is_shown_as_if_now(dates):
    assert "到时的标题" in previewed(make.make_policy(title="到时的标题", **dates))


def test_a_copy_of_what_is_to_come_is_shown():
    copy = edit(open_copy(make.make_policy(visible_from=make.FAR_OFF), by=None), title="改过的标题")

    assert "改过的标题" in previewed(copy)


def test_a_policy_that_repeals_another_repeals_it_for_the_moment_only():
    old = make.make_policy(slug="old", effective_from=datetime.date(2018, 1, 1))
    new = make.make_policy(slug="new", state=State.DRAFT, effective_from=datetime.date(2020, 5, 1))
    new.relations.create(kind="repeals", target=old)
    before = Policy.objects.filter(pk=old.pk).values().get()

    with public_for_a_moment(new):
        inside = Policy.objects.filter(pk=old.pk).values().get()

    changed = {name for name in before if before[name] != inside[name]}
    assert changed == {"version", "updated_at", "updated_by_id", "force_until", "after_force"} - (
        {"updated_by_id"} if before["updated_by_id"] is None else set()
    )
    assert Policy.objects.filter(pk=old.pk).values().get() == before


def draft_of(live):
    return copies_of(live, OPEN).first() or open_copy(live, by=None)


def test_nothing_is_left_behind(media, django_capture_on_commit_callbacks):
    drafts = [draft_of(model.objects.get(pk=entry.pk)) for model, entry in build_world().items()]
    drafts += [whole_draft(model) for model in make.MAKERS if model not in {*USED, Policy}]
    policy = next(one for one in drafts if isinstance(one, Policy) and not one.is_live)
    policy.attachments.all().delete()  # the live row's are then deleted inside the preview
    before, files, kept = everything(), sorted(media.rglob("*")), dict(getattr(cache, "_cache", {}))

    with django_capture_on_commit_callbacks() as callbacks:
        pages = [previewed(draft, language) for draft in drafts for language in LANGUAGES]

    assert len(pages) == len(drafts) * 2
    assert everything() == before
    assert (sorted(media.rglob("*")), dict(getattr(cache, "_cache", {})), callbacks) == (files, kept, [])


def test_nothing_is_left_behind_when_the_view_fails():
    draft = make.make_policy(state=State.DRAFT)
    before = everything()

    with pytest.raises(ZeroDivisionError), public_for_a_moment(draft):
        raise ZeroDivisionError

    assert everything() == before
    assert not connection.needs_rollback


def test_only_what_is_previewed_is_public_for_the_moment():
    other, draft = make.make_policy(state=State.DRAFT), make.make_policy(state=State.DRAFT)

    with public_for_a_moment(draft):
        assert list(Policy.objects.published()) == [draft]
    assert not Policy.objects.published().filter(pk__in=[other.pk, draft.pk]).exists()


def test_drafts_of_one_submission_are_shown_together():
    indicator = make.make_indicator(state=State.DRAFT, name="新的指标")
    figure = make.make_figure(state=State.DRAFT, indicator=indicator)

    with pytest.raises(NotShownError, match="指标"):
        previewed(figure)
    assert "新的指标" in previewed(figure, also=[indicator])
    assert not Indicator.objects.in_public_state().filter(pk=indicator.pk).exists()


def test_an_unfinished_companion_keeps_nothing_back():
    photo = make.make_photo(state=State.DRAFT, sha256="", alt="")

    assert "完整的标题" in previewed(make.make_policy(state=State.DRAFT, title="完整的标题"), also=[photo])


LEAST = {
    Photo: {"caption": "", "alt": "", "credit": "", "sha256": "", "width": 0, "height": 0},
    Figure: {"as_of": None, "as_of_basis": "", "source": None},
    Policy: {"summary": "", "topics": []},
    Story: {"body": ""},
    Event: {"summary": ""},
    Organisation: {"summary": ""},
    Region: {"name_en": "", "short_name": ""},
}  # fmt: skip


@pytest.mark.parametrize("model", make.MAKERS, ids=lambda model: model.__name__)
def test_a_draft_that_lacks_things_is_shown_or_says_why_not(model):
    draft = make.MAKERS[model](state=State.DRAFT)
    for name, value in LEAST.get(model, {}).items():
        if name == "topics":
            draft.topics.set(value)
        else:
            setattr(draft, name, value)
    save_entry(draft, by=None)
    finish_entry(draft)

    if model in {Photo, Figure, *USED}:
        with pytest.raises(NotShownError, match=r"[\u4e00-\u9fff]"):
            previewed(draft)
    else:
        assert "草稿" in previewed(draft)


def test_what_nothing_public_uses_says_so():
    with pytest.raises(NotShownError, match="没有公开的内容用到它"):
        previewed(make.make_source(state=State.DRAFT))


def test_another_text_than_the_one_asked_for_is_not_shown():
    draft = make.make_policy(state=State.DRAFT)

    with pytest.raises(ChangedError):
        previewed(draft, expected_digest="0" * 64)


def test_a_draft_that_is_gone_says_so():
    draft = make.make_policy(state=State.DRAFT)
    Policy.objects.filter(pk=draft.pk).delete()

    with pytest.raises(NotShownError, match="删除"):
        previewed(draft)


def test_the_page_knows_nothing_of_who_asks():
    """A reader's request: the address is the public one, with its language and its twin."""
    page = previewed(make.make_policy(slug="apartments", state=State.DRAFT), "en")

    assert '<link rel="canonical" href="http://127.0.0.1:8000/en/policies/apartments/">' in page
    assert "/admin/" not in page


@pytest.mark.django_db(transaction=True)
def test_a_reader_beside_it_sees_nothing(client, own_file):
    live = make.make_policy(slug="live", title="旧标题")
    copy = edit(open_copy(live, by=None), title="新标题")
    draft = make.make_policy(slug="draft", state=State.DRAFT)
    seen = {}

    def look():
        try:
            seen["draft"] = client.get("/policies/draft/").status_code
            seen["live"] = "旧标题" in client.get("/policies/live/").content.decode()
            seen["list"] = list(Policy.objects.published().values_list("slug", "title"))
        finally:
            connection.close()

    for entry in (draft, copy):
        with public_for_a_moment(entry):
            thread = threading.Thread(target=look)
            thread.start()
            thread.join()
            assert Policy.objects.published().filter(title=entry.title).exists()
        assert seen == {"draft": 404, "live": True, "list": [("live", "旧标题")]}


@pytest.mark.django_db(transaction=True)
def test_a_preview_gives_way_to_who_writes(own_file):
    draft = make.make_policy(state=State.DRAFT)
    is_locked, is_done = threading.Event(), threading.Event()

    def write():
        try:
            with transaction.atomic():
                save_entry(Policy.objects.get(pk=draft.pk), by=None)
                is_locked.set()
                is_done.wait(20)
        finally:
            connection.close()

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 300")
    thread = threading.Thread(target=write)
    thread.start()
    is_locked.wait(20)
    try:
        with pytest.raises(BusyError):
            previewed(draft)
    finally:
        is_done.set()
        thread.join()
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA busy_timeout = 10000")
    assert draft.title in previewed(draft)
