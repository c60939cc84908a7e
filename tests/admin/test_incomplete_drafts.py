"""A draft may be incomplete, never wrong; what goes public is whole."""

import pytest
from django.apps import apps
from django.template.loader import render_to_string
from django.urls import reverse

from policies.models import Clause, Policy
from portal.publishing.gate import findings
from portal.publishing.gate.completeness import may_wait
from portal.publishing.models import Publishable, State, SubmissionItem
from portal.publishing.workflow import UnfinishedError, submit
from regions.models import Figure, Indicator, Story
from tests.admin.browser import change_url, errors_of
from tests.factories import (
    MAKERS,
    make_event,
    make_figure,
    make_indicator,
    make_policy,
    make_region,
    make_service,
    make_story,
    make_topic,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("untold")]

REQUIRED = ["该字段是必填项。"]


def test_what_a_draft_may_lack():
    kinds = [model for model in apps.get_models() if issubclass(model, Publishable)]

    assert {model.__name__: may_wait(model) for model in kinds if may_wait(model)} == {
        "Region": ("name_en",),
        "Indicator": ("name_en", "definition", "unit"),
        "Figure": ("as_published",),
        "Policy": ("summary", "topics"),
        "Service": ("summary",),
        "Programme": ("summary", "topics"),
        "Event": ("summary",),
        "Story": ("body",),
    }


@pytest.mark.parametrize("model", [model for model in MAKERS if may_wait(model)], ids=lambda model: model.__name__)
def test_a_draft_is_saved_without_them_and_the_gate_lists_them(root, model):
    draft = MAKERS[model](state=State.DRAFT)
    emptied = dict.fromkeys(may_wait(model), "") | ({"topics": None} if "topics" in may_wait(model) else {})

    response = root.edit(draft, **emptied)

    assert response.status_code == 302
    draft = model.objects.get(pk=draft.pk)
    assert {found.field for found in findings(draft)} >= set(may_wait(model))
    assert draft.version == 2


@pytest.mark.parametrize("model", [model for model in MAKERS if may_wait(model)], ids=lambda model: model.__name__)
def test_it_is_not_handed_in_without_them(root, model):
    make_indicator(slug="public", state=State.PUBLISHED)
    many = {"topics": []} if "topics" in may_wait(model) else {}
    many |= {"indicator": Indicator.objects.get(slug="public")} if model is Figure else {}
    draft = MAKERS[model](state=State.DRAFT, **dict.fromkeys(may_wait(model), "") | many)

    with pytest.raises(UnfinishedError) as refused:
        submit([draft], by=root.user)

    assert sorted(found.field for found in refused.value.findings[draft]) == sorted(may_wait(model))
    assert model.objects.values_list("state", "version").get(pk=draft.pk) == (State.DRAFT, 1)
    assert not SubmissionItem.objects.exists()


def test_saving_and_handing_in_keeps_an_incomplete_draft_and_leads_to_what_it_lacks(root):
    draft = make_story(body="旧文")

    refused = root.edit(draft, body="", _hand_in="1")
    assert refused["Location"] == reverse("admin:regions_story_step", args=[draft.pk, "submit"])
    assert Story.objects.values_list("state", "body", "version").get() == (State.DRAFT, "", 2)
    assert [found.field for found in root.get(refused["Location"]).context_data["findings"]] == ["body"]

    done = root.edit(draft, body="写完了。", _hand_in="1")
    assert done["Location"] == change_url(draft)
    assert Story.objects.values_list("state", "body").get() == (State.REVIEW, "写完了。")


@pytest.mark.parametrize("box", ["name", "slug", "region", "kind", "audience"])
def test_what_an_entry_is_called_its_choices_and_its_owner_are_always_needed(root, box):
    draft = make_service(state=State.DRAFT)

    assert errors_of(root.edit(draft, **{box: ""})) == {box: REQUIRED}


def test_the_rows_of_a_draft_may_be_incomplete_too(root):
    policy = make_policy()
    row = {"clauses-0-number": "1", "clauses-0-position": "1", "clauses-0-heading": "适用范围", "clauses-0-text": ""}

    response = root.edit(policy, **row)

    assert response.status_code == 302
    assert list(Clause.objects.values_list("number", "text")) == [("1", "")]
    with pytest.raises(UnfinishedError) as refused:
        submit([Policy.objects.get()], by=root.user)
    assert [(found.field, found.anchor) for found in refused.value.findings[policy]] == [("text", "id_clauses-0-text")]


def test_a_row_without_its_name_is_refused_in_a_draft(root):
    policy = make_policy(state=State.DRAFT)

    response = root.edit(policy, **{"clauses-0-number": "", "clauses-0-text": "条文"})

    assert errors_of(response) == {"clauses-0-number": REQUIRED}


def test_wrong_values_are_refused_in_a_draft(root):
    event = make_event(state=State.DRAFT)

    response = root.edit(event, summary="", starts="2021-08", ends="2021-07")

    assert errors_of(response) == {"ends": ["结束日期早于开始日期，请核对。"]}


def test_a_fee_without_words_and_a_rank_of_nobody_wait_in_a_draft(root):
    rank = make_indicator(measure=Indicator.Measure.RANK, unit="位", state=State.PUBLISHED)
    service, figure = make_service(), make_figure(indicator=rank)

    assert root.edit(service, fee="charged").status_code == 302
    assert root.edit(figure, is_key="on").status_code == 302
    assert what_is_missing(service, by=root.user) == {"fee_text": "收费的服务要写明收费标准和依据。"}
    assert list(what_is_missing(figure, by=root.user)) == ["rank_among"]


def what_is_missing(row, *, by):
    """What the gate says, by box, when the row is handed in."""
    row = type(row).objects.get(pk=row.pk)
    with pytest.raises(UnfinishedError) as refused:
        submit([row], by=by)
    assert type(row).objects.get(pk=row.pk).state == State.DRAFT
    return {found.field: found.sentence for found in refused.value.findings[row]}


def test_a_new_draft_needs_little_more_than_a_name(root):
    region, topic = make_region(), make_topic()
    policy = type(make_policy())

    response = root.add(policy, slug="new-one", region=region.pk, title="人才公寓办法", kind="measures")

    assert response.status_code == 302
    assert [found.field for found in findings(policy.objects.get(slug="new-one"))] == ["topics", "issuer_unknown", "summary"]
    assert not topic.policies.filter(slug="new-one").exists()


def test_a_box_that_may_wait_says_so(root):
    form = root.get(f"/admin/policies/policy/{make_policy().pk}/change/").context_data["adminform"].form

    assert [name for name, field in form.fields.items() if "发布前必填" in str(field.help_text)] == ["topics", "summary"]


def test_the_list_links_each_sentence_to_its_box_and_escapes_it():
    policy = make_policy(title="TODO<b>", summary="")
    Clause.objects.create(policy=policy, number="<i>", text="")

    html = render_to_string("admin/_findings.html", {"findings": findings(policy)})

    assert '<a href="#id_summary">“摘要”还没有填写。</a>' in html
    assert '<span class="quiet">条款“&lt;i&gt;”</span> <a href="#id_clauses-0-text">' in html
    assert html.count("<li>") == 3
    assert "<b>" not in html
    assert "可以提交审核" not in html


def test_an_entry_that_lacks_nothing_may_be_submitted():
    html = render_to_string("admin/_findings.html", {"findings": findings(make_policy())})

    assert "什么都不缺，可以提交审核。" in html
    assert "<li>" not in html
