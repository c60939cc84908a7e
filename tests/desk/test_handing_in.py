"""Handing several entries in: the action leads to a page that says what is missing; nothing goes before it is sent."""

import pytest
from django.contrib import admin
from django.urls import reverse

from policies.models import Policy
from portal.publishing.admin.submit_action import submit_selected
from portal.publishing.models import Review, State, Submission
from portal.publishing.working_copy import open_copy
from regions.models import Figure
from tests import factories as make
from tests.admin.browser import change_url
from tests.workflow.cast import again
from tests.workflow.test_review import rewrite

pytestmark = pytest.mark.django_db
URL = "/admin/submissions/new/"


def page_of(*entries):
    return f"{URL}?type={entries[0].type_label()}&keys={','.join(str(entry.pk) for entry in entries)}"


def boxes(*entries):
    return {f"version-{entry.pk}": entry.version for entry in entries}


def test_the_action_leads_to_the_page(office, draft, rf):
    other = make.make_policy(region=office.region, state=State.DRAFT)

    request = rf.post("/")
    request.user = office.author
    answer = submit_selected(admin.site.get_model_admin(Policy), request, Policy.objects.all())

    assert answer.url == f"{URL}?type=policies.policy&keys={draft.pk}%2C{other.pk}"
    assert not Submission.objects.exists()


def test_of_entries_being_changed_the_changes_are_handed_in(browse, office):
    changed, other = (make.make_policy(region=office.region) for _ in range(2))
    copy = open_copy(changed, by=office.author)
    chosen = {"action": "submit_selected", "_selected_action": [changed.pk, other.pk]}

    answer = browse(office.author).send("/admin/policies/policy/", chosen)

    assert answer.url == f"{URL}?type=policies.policy&keys={copy.pk}%2C{other.pk}"


def test_what_is_missing_is_listed_and_a_reason_lets_it_pass(browse, office, draft):
    draft = rewrite(draft, office.author, summary="")
    whole = make.make_policy(region=office.region, state=State.DRAFT)
    author, data = browse(office.author), {"type": "policies.policy", "note": "九月简报", **boxes(draft, whole)}

    page = author.get(page_of(draft, whole)).content.decode()
    refused = author.send(URL, data | {"override": " "})

    assert f'{change_url(draft)}#id_summary">' in page
    assert (refused.status_code, "九月简报" in refused.content.decode(), again(whole).state) == (400, True, "draft")
    sent = author.send(URL, data | {"override": "上级要求"})
    submission = Submission.objects.get()
    assert sent.url == reverse("admin:submission", args=[submission.pk])
    assert (submission.note, submission.items.count(), again(draft).state) == ("九月简报", 2, "review")
    assert set(Review.objects.values_list("override", flat=True)) == {"上级要求"}


def test_what_may_not_go_says_why_and_stays(browse, office, draft):
    published = make.make_policy(region=office.region)

    page = browse(office.author).get(page_of(draft, published))

    assert [(one.entry.pk, bool(one.why_not)) for one in page.context_data["candidates"]] == [
        (draft.pk, False),
        (published.pk, True),
    ]
    assert f'name="version-{published.pk}"' not in page.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_page(browse, office, django_assert_max_num_queries, rows):
    indicator, source = make.make_indicator(), make.make_source(region=office.region)
    figures = [make.make_figure(region=office.region, state=State.DRAFT, indicator=indicator, source=source) for _ in range(rows)]
    author = browse(office.author)

    with django_assert_max_num_queries(4 + 3 * rows):
        page = author.get(page_of(*figures))

    assert len(page.context_data["ready"]) == rows


def test_forged_keys_types_and_versions_hand_in_nothing(browse, office, neighbour, draft):
    theirs = make.make_policy(region=neighbour.region, state=State.DRAFT)
    author = browse(office.author)
    data = {"type": "policies.policy"}
    answers = [
        author.send(URL, data | boxes(draft, theirs)),
        author.send(URL, data | boxes(theirs)),
        author.send(URL, data | {f"version-{draft.pk}": 99}),
        author.send(URL, data | {f"version-{draft.pk}": "x"}),
        author.send(URL, data | {"version-x": 1, **boxes(draft)}),
        author.send(URL, data),
        author.send(URL, data | boxes(draft) | {"note": "长" * 501}),
        author.send(URL, data | boxes(draft) | {"note": "空\0字"}),
        author.send(URL, data | boxes(make.make_policy(region=office.region))),
        browse(office.reviewers[0]).send(URL, data | boxes(draft)),
        author.send(URL, boxes(draft) | {"type": "policies.clause"}),
        author.get(page_of(theirs)),
        author.get(f"{URL}?type=policies.policy&keys=x,,1e9"),
    ]

    assert [answer.status_code for answer in answers] == [400] * 10 + [404] * 3
    assert (Submission.objects.count(), again(draft).state, again(theirs).state) == (0, "draft", "draft")


def test_too_many_at_once_is_a_sentence(browse, office):
    figure = make.make_figure(region=office.region, state=State.DRAFT)
    Figure.objects.bulk_create(
        Figure(
            slug=f"many-{n}", region=office.region, indicator=figure.indicator, source=figure.source, value=1,
            as_published="1人", as_of_from=figure.as_of_from, as_of_until=figure.as_of_until,
            as_of_precision=figure.as_of_precision, as_of_basis=figure.as_of_basis,
        )
        for n in range(205)
    )  # fmt: skip
    keys = ",".join(str(key) for key in Figure.objects.values_list("pk", flat=True))

    page = browse(office.author).get(f"{URL}?type=regions.figure&keys={keys}").content.decode()

    assert ("一次最多送审 200 条" in page, "version-" in page) == (True, False)
