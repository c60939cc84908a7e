"""What an event, a plan, an organisation or a story cannot be is a sentence at its box, and nothing of it is saved."""

import pytest

from policies.models import Clause, Policy, PolicyRelation, Programme
from portal.publishing.models import Change, ContentState, State
from portal.publishing.workflow import UnfinishedError, submit
from regions.models import Event, Figure, FigureMention, Organisation, Photo, Story, Topic
from tests.admin.browser import change_url, errors_of
from tests.factories import (
    make_event,
    make_figure,
    make_indicator,
    make_organisation,
    make_photo,
    make_policy,
    make_programme,
    make_story,
    make_topic,
)

MODELS = (Policy, Clause, PolicyRelation, Programme, Event, Figure, FigureMention, Organisation, Photo, Story, Topic)


def everything():
    rows = {model.__name__: list(model.objects.order_by("pk").values()) for model in (*MODELS, Change, ContentState)}
    return {**rows, "topics": list(Event.topics.through.objects.values_list("event", "topic"))}


def refused(root, row, **changes):
    """The sentences of a save that must write nothing."""
    before = everything()

    response = root.edit(row, **changes)

    assert response.status_code == 200
    assert everything() == before
    return errors_of(response)


def test_an_event_cannot_end_before_it_starts(root):
    event = make_event(state="draft")

    assert refused(root, event, starts="2021-07", ends="2021-06-30", topics=[make_topic().pk]) == {
        "ends": ["结束日期早于开始日期，请核对。"]
    }
    assert refused(root, event, ends="2021-06") == {"starts": ["写了结束日期，也要写开始日期。"]}
    assert list(refused(root, event, starts="去年夏天")) == ["starts"]


def test_a_programme_cannot_be_part_of_itself(root):
    topics = [make_topic()]
    whole = make_programme(state="draft", topics=topics)
    part = make_programme(state="draft", topics=topics, part_of=whole)
    sentence = {"part_of": ["“属于”的关系绕成了圈：一个计划不能是自己的一部分。"]}

    assert refused(root, whole, part_of=part.pk) == sentence
    assert refused(root, whole, part_of=whole.pk) == sentence


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("branch_of", "“分支自”的关系绕成了圈：一个机构不能是自己的分部。"),
        ("parent", "“上级或所在机构”的关系绕成了圈：一个机构不能隶属于自己。"),
    ],
)
def test_an_organisation_cannot_come_round_to_itself(root, name, sentence):
    top = make_organisation()
    middle = make_organisation(**{name: top})
    low = make_organisation(**{name: middle})

    assert refused(root, top, **{name: low.pk}) == {name: [sentence]}
    assert refused(root, top, **{name: top.pk}) == {name: [sentence]}
    assert root.edit(low, **{name: top.pk}).status_code == 302


def test_a_figure_and_a_topic_cannot_be_above_themselves(root):
    whole, topic = make_figure(), make_topic()
    part = make_figure(part_of=whole)

    assert refused(root, whole, part_of=part.pk) == {"part_of": ["“其中”的关系绕成了圈：一个数据不能是自己的一部分。"]}
    assert refused(root, topic, parent=topic.pk) == {"parent": ["主题只分两级：上级主题必须是一个没有上级的主题。"]}


def test_policies_cannot_relate_in_a_circle(root):
    one, two = make_policy(), make_policy()
    PolicyRelation.objects.create(policy=two, target=one, kind="based_on")

    found = refused(root, one, **{"relations-0-kind": "based_on", "relations-0-target": two.pk, "relations-0-position": "0"})

    assert found == {"relations-0-target": ["这会让政策关系绕成圈：从“另一份政策”出发又会回到本政策。"]}


def test_a_caption_of_ten_thousand_characters_is_a_sentence(root):
    found = refused(root, make_photo(), caption="电" * 10_000)

    assert list(found) == ["caption"]
    assert "300" in found["caption"][0]
    assert "10000" in found["caption"][0]


@pytest.mark.parametrize("alt", ["电商大厦", "电商 大厦 ", "ＤＳＣ_0001.jpg"])
def test_a_substitute_text_says_what_is_seen(root, alt):
    photo = make_photo(caption="电商大厦" if "D" not in alt else "楼")
    found = refused(root, photo, alt=alt.replace("电商 大厦 ", "电商大厦").replace("ＤＳＣ", "DSC"))

    assert list(found) == ["alt"]


def test_a_story_cannot_name_a_figure_that_is_not_there(root):
    found = refused(root, make_story(state="draft"), body="有 {{figure:no-such}} 个窗口。")

    assert found == {"body": ["没有网址名为“no-such”的数据，请核对。"]}


def test_a_draft_may_name_a_hidden_figure_and_is_not_handed_in_with_it(root):
    story, hidden = make_story(state="draft"), make_figure(state="draft", slug="hidden")
    body = "有 {{figure:hidden}} 人。"

    assert root.edit(story, body=body).status_code == 302
    assert list(FigureMention.objects.values_list("figure", "words")) == [(hidden.pk, "超过16万人")]

    with pytest.raises(UnfinishedError) as unfinished:
        submit([Story.objects.get()], by=root.user)
    assert [(found.field, found.sentence) for found in unfinished.value.findings[story]] == [
        ("body", "数据“hidden”还没有公开，读者看不到；请先发布它，与它一起提交，或改用别的数据。")
    ]


def test_other_braces_are_explained(root):
    found = refused(root, make_story(state="draft"), body="有 {{数据}} 人。", body_en="{{figure:No Such}}")

    assert sorted(found) == ["body", "body_en"]
    assert "{{figure:数据的网址名}}" in found["body"][0]


def shown_indicator():
    return make_indicator(state=State.PUBLISHED)


def test_a_story_page_lists_the_figures_it_may_name(drawn, root, xiushan):
    figure, story = make_figure(slug="total", state=State.PUBLISHED, indicator=shown_indicator()), make_story(state="draft")
    make_figure(slug="hidden", state="draft")
    make_figure(slug="elsewhere", region=xiushan, state=State.PUBLISHED, indicator=figure.indicator)

    page = root.get(change_url(story))

    assert [name.called for name in page.context_data["figure_names"]] == ["{{figure:total}}"]
    assert "<code>{{figure:total}}</code>" in page.content.decode()
    assert page.context_data["figure_names"][0].title == f"{figure.indicator.name}：超过16万人"


def test_the_list_of_figures_is_bounded(drawn, root, monkeypatch):
    monkeypatch.setattr("regions.admin.figure_names.MOST_NAMES", 2)
    for _ in range(3):
        make_figure(state=State.PUBLISHED, indicator=shown_indicator())

    page = root.get(change_url(make_story(state="draft")))

    assert (len(page.context_data["figure_names"]), page.context_data["has_more_figures"]) == (2, True)
    assert "这里只列出 2 条" in page.content.decode()
