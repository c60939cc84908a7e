"""Figures named in texts: kept as written, filled in at read, never more than readers may see."""

import time

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.html import escape

from portal.publishing.lifecycle import delete_entry, finish_entry, save_entry, touch_entry
from portal.publishing.models import State
from regions.models import FigureMention, Story
from tests.factories import make_figure, make_indicator, make_policy, make_region, make_story, save

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("untold")]
NAMED = "全区有{{figure:talent}}。"


@pytest.fixture
def figure():
    return make_figure(slug="talent")


def read(story):
    return Story.objects.for_detail().get(pk=story.pk)


def change(entry, **values):
    for name, value in values.items():
        setattr(entry, name, value)
    save_entry(entry, by=None)
    finish_entry(entry)


def problems(story):
    with pytest.raises(ValidationError) as caught:
        story.full_clean()
    return caught.value.message_dict


def test_a_named_figure_shows_its_number_and_day(figure):
    story = read(make_story(subhead=NAMED, body=NAMED))

    assert str(story.local("subhead", "zh-hans")) == "全区有超过16万人（2021年下半年）。"
    assert (
        str(story.local_html("body", "zh-hans"))
        == '<p>全区有<a href="/figures/talent/"><strong>超过16万人</strong></a>（2021年下半年）。</p>\n'
    )


def test_the_english_text_names_the_figure_in_english(figure):
    story = read(make_story(subhead=NAMED, subhead_en="There are {{figure:talent}}."))

    with translation.override("en"):
        shown = str(story.local("subhead", "en"))

    assert shown == "There are over 160,000 people (second half of 2021)."


def test_a_corrected_figure_is_correct_in_every_text(figure):
    story = make_story(subhead=NAMED)

    change(figure, value=170_000, as_published="超过17万人")

    assert str(read(story).local("subhead", "zh-hans")) == "全区有超过17万人（2021年下半年）。"


def test_a_hidden_figure_shows_the_words_as_published_when_the_text_was_saved(figure):
    story = make_story(subhead=NAMED, body=NAMED)

    change(figure, value=999, as_published="秘密的数", state=State.DRAFT)

    assert str(read(story).local("subhead", "zh-hans")) == "全区有超过16万人。"
    assert str(read(story).local_html("body", "zh-hans")) == "<p>全区有超过16万人。</p>\n"


@pytest.mark.parametrize("hide", ["figure", "indicator"])
def test_saving_a_public_text_again_does_not_take_the_draft_words_of_a_hidden_figure(figure, hide):
    """As the page of a clause or a benefit does, which saves the policy without checking its own texts."""
    policy = make_policy(summary=NAMED)
    change(figure if hide == "figure" else figure.indicator, state=State.DRAFT)
    change(figure, value=999, as_published="秘密的数")

    touch_entry(policy, by=None)

    assert str(type(policy).objects.get(pk=policy.pk).local("summary", "zh-hans")) == "全区有超过16万人。"


def test_a_figure_with_a_hidden_indicator_is_hidden(figure):
    story = make_story(subhead=NAMED)

    change(figure.indicator, state=State.DRAFT)

    assert str(read(story).local("subhead", "zh-hans")) == "全区有超过16万人。"


def test_a_deleted_figure_leaves_its_words(figure):
    story = make_story(subhead=NAMED)

    delete_entry(figure)

    assert str(read(story).local("subhead", "zh-hans")) == "全区有超过16万人。"


def test_a_renamed_figure_is_still_found(figure):
    story = make_story(subhead=NAMED)
    change(figure, slug="talent-total")

    shown = str(read(story).local("subhead", "zh-hans"))
    change(story, headline="新标题")

    assert shown == "全区有超过16万人（2021年下半年）。"
    assert str(read(story).local("subhead", "zh-hans")) == shown


def test_a_text_that_stops_naming_a_figure_forgets_it(figure):
    story = make_story(subhead=NAMED)

    change(story, subhead="没有数了。")

    assert FigureMention.objects.count() == 0


def test_a_figure_that_does_not_exist_is_refused_at_the_field():
    story = Story(region=make_region(), slug="s", headline="标题", body="有{{figure:nothing}}。", subhead_en="{{figure:none}}")

    assert problems(story) == {
        "body": ["没有网址名为“nothing”的数据，请核对。"],
        "subhead_en": ["没有网址名为“none”的数据，请核对。"],
    }


def test_a_published_text_may_not_name_a_hidden_figure(figure):
    change(figure, state=State.DRAFT)
    draft = Story(region=make_region(), slug="s", headline="标题", body=NAMED)
    draft.full_clean()

    draft.state = State.PUBLISHED

    assert problems(draft) == {"body": ["数据“talent”还没有公开，读者看不到；请先发布它，或改用别的数据。"]}


@pytest.mark.parametrize(
    "text", ["{{talent}}", "{{figure:}}", "{{ figure talent }}", "{{figure:talent", "{{{{figure:talent}}}}", "{{figure:人才}}"]
)
def test_braces_that_name_no_figure_are_refused(figure, text):
    story = Story(region=make_region(), slug="s", headline="标题", body=text)

    assert problems(story) == {
        "body": ["双花括号只用来引用数据，写成 {{figure:数据的网址名}}，例如 {{figure:qijiang-talent-total}}。"]
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_rows_read_together_read_their_figures_together(django_assert_num_queries, rows):
    for number in range(rows):
        make_figure(slug=f"f{number}", indicator=make_indicator(name=f"指标{number}"))
        make_story(subhead=f"有{{{{figure:f{number}}}}}。")
        make_story(subhead="没有数。")

    with django_assert_num_queries(2):
        shown = sorted(str(story.local("subhead", "zh-hans")) for story in Story.objects.published().for_list())

    assert shown == ["有超过16万人（2021年下半年）。"] * rows + ["没有数。"] * rows


def test_a_list_that_names_no_figure_asks_nothing(django_assert_num_queries):
    make_story(subhead="没有数。")

    with django_assert_num_queries(1):
        [story.local("subhead", "zh-hans") for story in Story.objects.published().for_list()]


def test_words_of_a_figure_are_escaped():
    figure = make_figure(slug="talent", as_published="<b>16</b>万人")
    story = make_story(body=NAMED)
    change(figure, state=State.DRAFT)

    assert str(read(story).local_html("body", "zh-hans")) == "<p>全区有&lt;b&gt;16&lt;/b&gt;万人。</p>\n"


def test_a_policy_and_a_region_may_name_figures_too(figure):
    policy = make_policy(summary=NAMED)
    region = make_region("xiushan")
    region.summary = NAMED
    save(region)

    assert str(type(policy).objects.get(pk=policy.pk).local("summary", "zh-hans")) == "全区有超过16万人（2021年下半年）。"
    assert "<strong>超过16万人</strong>" in str(type(region).objects.get(pk=region.pk).local_html("summary", "zh-hans"))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            '[表](https://e.cn "到{{figure:talent}}")',
            '<p><a href="https://e.cn" title="到超过16万人（2021年下半年）" rel="noopener">表</a></p>\n',
        ),
        (
            '[表](https://e.cn "a > b {{figure:talent}}")',
            '<p><a href="https://e.cn" title="a &gt; b 超过16万人（2021年下半年）" rel="noopener">表</a></p>\n',
        ),
        (
            "[**全区{{figure:talent}}**](https://e.cn){{figure:talent}}",
            '<p><a href="https://e.cn" rel="noopener"><strong>全区超过16万人（2021年下半年）</strong></a>'
            '<a href="/figures/talent/"><strong>超过16万人</strong></a>（2021年下半年）</p>\n',
        ),
    ],
)
def test_a_figure_named_inside_a_link_is_words_only(figure, text, html):
    story = make_story(body=text)

    assert str(read(story).local_html("body", "zh-hans")) == html


@pytest.mark.parametrize("words", ['"><svg onload=alert(1)>', "' onmouseover='alert(1)", "{{figure:talent}}", "{{{{"])
@pytest.mark.parametrize("text", ['[a](https://e.cn "{{figure:evil}}")', "[{{figure:evil}}](https://e.cn)", "{{figure:evil}}"])
def test_the_words_of_a_figure_never_become_tags(words, text):
    figure = make_figure(slug="evil", as_published=words)
    story = make_story(body=text)
    change(figure, state=State.DRAFT)

    shown = str(read(story).local_html("body", "zh-hans"))

    assert shown.replace(escape(words), "") == str(story.body_html).replace("{{figure:evil}}", "")


@pytest.mark.parametrize("text", ["[表]({{figure:talent}})", "[表](/a?b={{figure:talent}})", "<https://e.cn/{{figure:talent}}>"])
def test_an_address_cannot_name_a_figure(figure, text):
    story = Story(region=make_region(), slug="s", headline="标题", body=text)

    assert problems(story) == {"body": ["链接的网址里不能引用数据：读者点开会找不到页面。请把 {{figure:…}} 写在链接外面。"]}


@pytest.mark.parametrize("text", ["{{figure:talent}}", "[{{figure:talent}}](/a)"])
def test_a_text_that_names_one_figure_thousands_of_times_is_read_at_once(figure, text):
    read(make_story(body=text)).local_html("body", "zh-hans")  # loads what the first look loads
    story = read(make_story(body=text * (49_000 // len(text))))

    began = time.process_time()
    story.local_html("body", "zh-hans")

    assert time.process_time() - began < 0.15
