"""The self-audit where editors meet it: beside the form, after saving, on its page."""

from decimal import Decimal

import pytest

from portal.publishing.models import State
from portal.publishing.workflow import UnfinishedError, submit
from portal.text.partial_date import parse_partial_date
from regions.figure_audit.reading import let_notes_answer
from regions.models import Figure
from tests.admin.browser import Browser, change_url, make_editor, messages_of, take_roles
from tests.factories import make_figure, make_indicator, make_region, make_source, save

pytestmark = pytest.mark.usefixtures("untold", "made_as_drafts")
AUDIT = "/admin/regions/figure/audit/"
QUESTION = "各部分 189万元＋198万元 合计 387万元，比总数 487万元 少 100万元：来源说明差额了吗，还是有没列出的部分？"


def the_report(region):
    """487 in all, of which 189 in 2019 and 198 in 2020."""
    shared = {"region": region, "qualifier": "exact", "source": make_source(region=region)}
    shared["indicator"] = make_indicator(name="人才经费", unit="元", measure="flow", region=region)
    whole = make_figure(value=Decimal(4_870_000), as_published="487万元", **shared)
    for year, value, words in (("2019", 1_890_000, "2019年189万元"), ("2020", 1_980_000, "2020年198万元")):
        make_figure(value=Decimal(value), as_published=words, part_of=whole, as_of=parse_partial_date(year), **shared)
    return whole


def questions(page):
    return [(question.finding.code, question.finding.is_answered) for question in page.context_data["questions"]]


def test_the_page_of_a_figure_asks(editor, qijiang):
    whole = the_report(qijiang)

    assert questions(editor.get(change_url(whole))) == [("sum", False)]


def test_the_page_of_a_part_names_the_whole_and_where_to_answer(drawn, editor, qijiang):
    whole = the_report(qijiang)

    page = editor.get(change_url(whole.parts.first())).content.decode()

    assert QUESTION in page
    assert f'<a href="{change_url(whole)}">人才经费 487万元</a>' in page
    assert "回答写在“人才经费 487万元”的“矛盾说明”。" in page


def test_saving_says_how_many_questions_are_open(editor, qijiang):
    whole = the_report(qijiang)

    response = editor.edit(whole, change_note="核对")

    assert response.status_code == 302
    assert f"已保存，有 1 个问题请回答：{QUESTION}" in messages_of(response)


def test_a_saved_note_answers(editor, qijiang):
    whole = the_report(qijiang)

    response = editor.edit(whole, discrepancy_note="来源没有说明相差的 100 万元。")

    assert not [message for message in messages_of(response) if "请回答" in message]
    assert questions(editor.get(change_url(whole))) == [("sum", True)]


def test_a_note_answers_nothing_that_comes_later(editor, qijiang):
    whole = the_report(qijiang)
    editor.edit(whole, discrepancy_note="来源没有说明相差的 100 万元。")

    editor.edit(whole.parts.first(), value="1900000", as_published="190万元")

    assert questions(editor.get(change_url(whole))) == [("sum", False)]


def test_an_old_note_answers_only_when_the_editor_says_so(editor, qijiang):
    whole = the_report(qijiang)
    whole.discrepancy_note = "来源没有说明差额。"
    whole.save()

    editor.edit(whole, change_note="核对")
    before = questions(editor.get(change_url(whole)))
    editor.edit(whole, notes_stand="on")

    assert (before, questions(editor.get(change_url(whole)))) == ([("sum", False)], [("sum", True)])


def test_a_refused_save_still_asks_about_what_is_stored(editor, qijiang):
    whole = the_report(qijiang)

    response = editor.edit(whole, value="", as_published="许多")

    assert questions(response) == [("sum", False)]


def test_a_new_figure_is_asked_when_it_is_saved(editor, qijiang):
    whole = the_report(qijiang)

    response = editor.add(
        Figure, indicator=whole.indicator_id, as_published="600万元", value="6000000", part_of=whole.pk, region=qijiang.pk,
        source=whole.source_id, as_of="2021-H2", as_of_basis="stated", slug="more",
    )  # fmt: skip

    assert response.status_code == 302
    assert [message for message in messages_of(response) if "有 2 个问题请回答" in message] != []


def test_the_page_of_questions_lists_open_ones_of_the_users_regions(editor, root, qijiang, xiushan):
    mine, theirs = the_report(qijiang), the_report(xiushan)

    assert [question.finding.figure.pk for question in editor.get(AUDIT).context_data["questions"]] == [mine.pk]
    assert [question.finding.figure.pk for question in root.get(AUDIT).context_data["questions"]] == [mine.pk, theirs.pk]


def test_the_page_of_questions_counts_the_answered(drawn, editor, qijiang):
    editor.edit(the_report(qijiang), discrepancy_note="来源没有说明相差的 100 万元。")

    page = editor.get(AUDIT)

    assert (questions(page), page.context_data["answered_count"]) == ([], 1)
    assert "没有待回答的问题。" in page.content.decode()


def test_a_public_figure_elsewhere_is_named_without_a_link(drawn, editor, qijiang, xiushan):
    bare = make_figure(region=qijiang, indicator=make_indicator(state=State.PUBLISHED))
    other = make_figure(region=xiushan, indicator=bare.indicator, scope_note="只指园区", state=State.PUBLISHED)

    page = editor.get(AUDIT).content.decode()

    assert change_url(bare) in page
    assert change_url(other) not in page


def test_the_page_of_questions_needs_the_right_to_see_figures(qijiang, editor):
    take_roles(editor.user)

    assert editor.get(AUDIT).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_page_of_questions(drawn, editor, qijiang, django_assert_num_queries, rows):
    for _ in range(rows):
        the_report(qijiang)

    with django_assert_num_queries(4):
        page = editor.get(AUDIT)

    assert len(page.context_data["questions"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_form(drawn, editor, qijiang, django_assert_num_queries, rows):
    whole = the_report(qijiang)
    for _ in range(rows):
        make_figure(region=qijiang, indicator=whole.indicator, part_of=whole, source=whole.source)

    with django_assert_num_queries(9):
        editor.get(change_url(whole))


@pytest.mark.parametrize(
    ("box", "sentence"),
    [
        ("as_of", "还没有写截至时间：读者要知道这是什么时候的数。"),
        ("source", "还没有选来源：读者要知道这个数从哪里来。"),
        ("as_of_basis", "还没有选时点依据：时点是来源写明的、取期末的，还是推断的。"),
    ],
)
def test_a_figure_without_date_or_source_is_saved_and_not_handed_in(editor, qijiang, box, sentence):
    indicator = make_indicator(region=qijiang, state=State.PUBLISHED)
    figure = make_figure(region=qijiang, source=make_source(region=qijiang), indicator=indicator)

    response = editor.edit(figure, **{box: ""})
    with pytest.raises(UnfinishedError) as refused:
        submit([Figure.objects.get()], by=editor.user)

    assert response.status_code == 302
    assert [(found.field, found.sentence) for found in refused.value.findings[figure]] == [(box, sentence)]
    assert Figure.objects.values_list("state", "version").get() == (State.DRAFT, 2)


def test_a_withdrawn_figure_is_not_asked(editor, qijiang):
    whole = the_report(qijiang)

    for state in (State.PUBLISHED, State.WITHDRAWN):
        whole.state, whole.withdrawn_reason = state, "来源更正" if state == State.WITHDRAWN else ""
        whole.save()

    assert questions(editor.get(change_url(whole))) == []
    assert questions(editor.get(AUDIT)) == []


def test_a_region_above_is_asked_for_the_regions_below(qijiang):
    mine = the_report(qijiang)
    city = Browser(make_editor(make_region("chongqing"), "city"))

    assert [question.finding.figure.pk for question in city.get(AUDIT).context_data["questions"]] == [mine.pk]


def test_figures_that_come_in_together_are_answered_by_their_own_notes(editor, qijiang):
    whole = the_report(qijiang)
    whole.discrepancy_note = "来源没有说明差额。"
    whole.save()

    [answered] = let_notes_answer([whole])
    save(answered)

    assert questions(editor.get(change_url(whole))) == [("sum", True)]
