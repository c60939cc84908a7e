"""Whatever a constraint or a model refuses is a sentence at a box, never an error page."""

from decimal import Decimal

import pytest

from policies.models import Clause, Policy, PolicyRelation, ServiceBasis, ServicePoint
from portal.publishing.models import PastSlug, State
from regions.models import Figure, Photo, PhotoUse, RegionIdentity, Source, Topic
from tests.admin.browser import errors_of, messages_of
from tests.factories import (
    make_benefit,
    make_figure,
    make_indicator,
    make_organisation,
    make_photo,
    make_policy,
    make_region,
    make_service,
    make_source,
    make_topic,
)

pytestmark = pytest.mark.usefixtures("untold")

PHOTOS = "regions-photouse-entry_type-entry_id"


def test_a_duplicate_slug_is_a_sentence_at_the_slug(root):
    make_source(slug="taken")

    response = root.edit(make_source(), slug="taken")

    assert errors_of(response) == {"slug": ["这个网址名已被占用，请换一个。"]}


def test_a_past_slug_of_another_entry_is_a_sentence(root):
    old, other = make_source(slug="old-name", state=State.PUBLISHED), make_source()
    root.edit(old, slug="new-name")
    assert PastSlug.objects.filter(slug="old-name").exists()

    response = root.edit(other, slug="old-name")

    assert errors_of(response) == {"slug": ["这个网址名曾属于另一条内容，旧链接还在使用，请换一个。"]}


@pytest.mark.parametrize("spelling", ["渝府发〔2021〕1号", "渝府发[2021]1号", "渝府发（2021）第01号", "渝府发【２０２１】１"])
def test_a_duplicate_document_number_is_a_sentence_in_any_spelling(root, spelling):
    make_policy(doc_number_status="given", doc_code="渝府发", doc_year=2021, doc_seq=1)

    response = root.edit(make_policy(), document_number=spelling, doc_number_status="given")

    assert errors_of(response) == {"document_number": ["这个发文字号已属于另一份政策。"]}


def test_a_document_number_is_one_box_that_fills_three_columns(root):
    policy = make_policy()

    response = root.edit(policy, document_number="渝府发 (2021) 12 号")

    assert response.status_code == 302, errors_of(response)
    assert Policy.objects.values_list("doc_number_status", "doc_code", "doc_year", "doc_seq").get() == (
        "given",
        "渝府发",
        2021,
        12,
    )
    page = root.form(f"/admin/policies/policy/{policy.pk}/change/")
    assert page["document_number"] == "渝府发〔2021〕12号"


def test_a_bad_or_missing_document_number_is_a_sentence(root):
    policy = make_policy()

    assert "不是完整的发文字号" in errors_of(root.edit(policy, document_number="渝府发 2021 1号"))["document_number"][0]
    missing = errors_of(root.edit(policy, doc_number_status="given"))
    assert missing == {"document_number": ["选“有文号”时要填完整的发文字号；没有或不详时请清空文号。"]}
    unwanted = errors_of(root.edit(policy, doc_number_status="none", document_number="渝府发〔2021〕1号"))
    assert unwanted == missing


@pytest.mark.parametrize(
    ("model", "make", "changes", "box"),
    [
        (Figure, make_figure, {"as_of_basis": "inferred"}, "as_of_note"),
        (Figure, make_figure, {"period_from": "2021-02-01", "period_until": "2021-01-01"}, "period_until"),
        (Photo, make_photo, {"alt": "电商大厦"}, "alt"),
        (Policy, make_policy, {"validity_override": "expired"}, "validity_reason"),
    ],
)
def test_a_contradiction_is_explained_at_the_box_that_mends_it(root, model, make, changes, box):
    response = root.edit(make(), **changes)

    assert response.status_code == 200
    assert [name for name in errors_of(response) if name != "alt"] == ([box] if box != "alt" else [])
    assert all(errors_of(response)[box])


@pytest.mark.parametrize(
    ("make", "changes"),
    [
        (make_figure, {"as_of": ""}),
        (make_figure, {"as_of_basis": ""}),
        (make_figure, {"source": ""}),
        (make_photo, {"people_consent": "missing"}),
    ],
)
def test_what_a_draft_may_lack_is_explained_at_its_box_when_it_is_handed_in(root, make, changes):
    draft = make() if make is make_photo else make(indicator=make_indicator(state=State.PUBLISHED))
    [box] = changes

    response = root.edit(draft, **changes, _hand_in="1")
    page = root.get(response["Location"])

    assert [(found.field, found.anchor) for found in page.context_data["findings"]] == [(box, f"id_{box}")]
    assert type(draft).objects.values_list("state", "version").get(pk=draft.pk) == (State.DRAFT, 2)


def test_service_days_without_a_unit_point_at_the_unit(root):
    response = root.edit(make_service(), promised_days="5")

    assert errors_of(response) == {"day_unit": ["填了时限就要选“工作日”或“自然日”。"]}


def test_two_clauses_of_one_number_are_a_sentence_at_the_second(root):
    policy = make_policy()
    Clause.objects.create(policy=policy, number="1", text="一")

    response = root.edit(policy, **{"clauses-1-number": "1", "clauses-1-text": "又一"})

    assert errors_of(response) == {"clauses-1-number": ["这里的每一行不能相同：已有一行填了同样的内容。"]}


def test_two_clauses_swap_their_numbers_in_one_save(root):
    policy = make_policy()
    for number in "12":
        Clause.objects.create(policy=policy, number=number, text=f"原{number}")

    response = root.edit(policy, **{"clauses-0-number": "2", "clauses-1-number": "1"})

    assert response.status_code == 302, errors_of(response)
    assert list(Clause.objects.order_by("pk").values_list("number", "text")) == [("2", "原1"), ("1", "原2")]


@pytest.mark.parametrize("stored", [True, False])
def test_one_photo_twice_in_an_entry_is_a_sentence(root, stored):
    service, photo = make_service(), make_photo()
    rows = {f"{PHOTOS}-1-photo": photo.pk}
    if stored:
        PhotoUse.objects.create(entry=service, photo=photo)
    else:
        rows |= {f"{PHOTOS}-0-photo": photo.pk, f"{PHOTOS}-TOTAL_FORMS": "2"}

    response = root.edit(service, **rows)

    assert errors_of(response) == {f"{PHOTOS}-1-photo": ["这张图片已经用在这里了。"]}


def test_rows_that_repeat_or_contradict_are_sentences(root):
    policy, other, organisation = make_policy(), make_policy(), make_organisation()
    PolicyRelation.objects.create(policy=policy, kind="implements", target=other)

    response = root.edit(
        policy,
        **{
            "issuing-0-organisation": organisation.pk, "issuing-1-organisation": organisation.pk, "issuing-TOTAL_FORMS": "2",
            "relations-1-kind": "implements", "relations-1-target": other.pk,
            "relations-2-kind": "amends", "relations-2-target": policy.pk, "relations-TOTAL_FORMS": "3",
        },
    )  # fmt: skip

    assert errors_of(response) == {
        "issuing-1-organisation": ["这个机构已经在发布机构里。"],
        "relations-1-target": ["这条关系已经有了。"],
        "relations-2-target": ["这会让政策关系绕成圈：从“另一份政策”出发又会回到本政策。"],
    }


def test_a_benefit_slug_taken_in_another_policy_is_a_sentence(root):
    make_benefit(slug="rent")

    response = root.edit(make_benefit(), slug="rent")

    assert errors_of(response) == {"slug": ["这个网址名已被另一项待遇占用，请换一个。"]}


def test_a_clause_of_another_policy_is_a_sentence(root):
    foreign = Clause.objects.create(policy=make_policy(), number="1", text="别处")
    service, policy = make_service(), make_policy()

    response = root.edit(service, **{"bases-0-policy": policy.pk, "bases-0-clause": foreign.pk})

    assert errors_of(response) == {"bases-0-clause": ["这一条不属于所选的政策。"]}
    assert errors_of(root.edit(make_benefit(), clause=foreign.pk)) == {"clause": ["这一条不属于所选的政策。"]}
    assert not ServiceBasis.objects.exists()


def test_clauses_offered_are_those_of_the_policy_at_hand(root):
    policy, other = make_policy(), make_policy()
    own = Clause.objects.create(policy=policy, number="1", text="自己的")
    Clause.objects.create(policy=other, number="1", text="别人的")
    benefit = make_benefit(policy=policy)

    page = root.get(f"/admin/policies/benefit/{benefit.pk}/change/")

    assert [value for value, _text in page.context_data["adminform"].form.fields["clause"].choices] == ["", own.pk]


def test_a_code_borne_by_another_region_is_a_sentence(root):
    RegionIdentity.objects.create(
        owner=make_region("wansheng"), code="500110", full_name="万盛区", valid_from="1955-01-01", authority="国标"
    )
    row = {"code": "500110", "full_name": "綦江区", "valid_from": "1955-01-01", "valid_until": "9999-12-31", "authority": "国标"}

    response = root.edit(make_region("place"), **{f"identities-0-{name}": value for name, value in row.items()})

    assert errors_of(response) == {"identities-0-code": ["500110 在这段时间已是“万盛区”的代码。"]}


@pytest.mark.parametrize("text", ["2021-13", "去年", "2021-02-30", "8月", "1" * 40])
def test_a_date_that_cannot_be_read_is_a_sentence(root, text):
    response = root.edit(make_source(), issued=text)

    assert list(errors_of(response)) == ["issued"]


@pytest.mark.parametrize(
    ("typed", "kept"), [("2021年下半年", "2021-H2"), ("2021-Q3", "2021-Q3"), ("2021年8月5日", "2021-08-05"), ("", "None")]
)
def test_a_partial_date_is_one_box(root, typed, kept):
    source = make_source()

    response = root.edit(source, issued=typed)

    assert response.status_code == 302, errors_of(response)
    assert str(Source.objects.get().issued) == kept


def test_an_empty_value_is_read_from_the_words_of_the_source(root):
    figure = make_figure()

    response = root.edit(figure, value="", as_published="近2.3亿元", qualifier="exact", indicator=make_indicator(unit="元").pk)

    assert response.status_code == 302, errors_of(response)
    figure.refresh_from_db()
    assert (figure.value, figure.qualifier) == (Decimal(230_000_000), "nearly")
    assert len(messages_of(response)) == 1


def test_words_that_hold_no_number_are_a_sentence_at_the_value(root):
    response = root.edit(make_figure(), value="", as_published="很多人")

    assert "没有填数值" in errors_of(response)["value"][0]


def test_a_value_that_differs_from_the_words_is_saved_with_a_warning(root):
    figure = make_figure()

    response = root.edit(figure, value="16")

    figure.refresh_from_db()
    assert figure.value == 16
    assert messages_of(response)[0] == "已保存。请核对：原文“超过16万人”读作 160000，填写的数值是 16。"


@pytest.mark.parametrize(
    ("text", "words"),
    [("甲\0乙", "U+0000"), ("甲\u202e乙", "U+202E"), ("甲\x1b乙", "U+001B"), ("甲\n乙", "只能写一行"), ("甲" * 10_000, "200")],
)
def test_hidden_characters_and_endless_text_are_refused_at_the_box(root, text, words):
    response = root.edit(make_topic(), name=text) if words != "200" else root.edit(make_source(), title=text)

    found = errors_of(response)
    assert len(found) == 1
    assert words in next(iter(found.values()))[0]


def test_hidden_characters_in_a_row_are_refused_at_the_row(root):
    policy = make_policy()

    response = root.edit(policy, **{"clauses-0-number": "1", "clauses-0-text": "甲\u2066乙"})

    assert list(errors_of(response)) == ["clauses-0-text"]
    assert not Clause.objects.exists()


def test_line_ends_are_stored_and_counted_as_one_character(root):
    topic = make_indicator()

    response = root.edit(topic, definition="一\r\n" * 499 + "二三")

    assert response.status_code == 302, errors_of(response)
    topic.refresh_from_db()
    assert topic.definition == "一\n" * 499 + "二三"


def test_an_edited_chinese_text_marks_its_translation(root):
    topic = make_topic(name="住房", name_en="Housing")
    root.edit(topic, name="住房与安居")

    page = root.get(f"/admin/regions/topic/{topic.pk}/change/")

    fields = page.context_data["adminform"].form.fields
    assert "可能过时" in str(fields["name_en"].help_text)
    assert "可能过时" not in str(fields["name"].help_text)


def test_repealing_a_policy_changes_its_validity_when_it_is_published(root):
    old = make_policy(effective_from="2019-01-01", state=State.PUBLISHED)
    old.refresh_from_db()
    draft, public = (make_policy(effective_from="2021-01-01", state=state) for state in (State.DRAFT, State.PUBLISHED))
    found = []
    for new in (draft, public):
        response = root.edit(new, **{"relations-0-kind": "repeals", "relations-0-target": old.pk})
        assert response.status_code == 302, errors_of(response)
        stored = Policy.objects.get(pk=old.pk)
        found.append((stored.validity(), stored.version))

    assert found == [("in_force", old.version), ("repealed", old.version + 1)]


def test_opening_hours_that_cannot_be_read_are_a_sentence_on_both_pages(root):
    point = ServicePoint.objects.create(service=make_service(), name="大厅")

    assert list(errors_of(root.edit(point, opening_hours="随时"))) == ["opening_hours"]
    assert list(errors_of(root.edit(point.service, **{"points-0-opening_hours": "随时"}))) == ["points-0-opening_hours"]


def test_a_topic_under_a_topic_under_a_topic_is_a_sentence(root):
    parent = make_topic(parent=make_topic())

    assert list(errors_of(root.edit(make_topic(), parent=parent.pk))) == ["parent"]
    assert Topic.objects.filter(parent=parent).count() == 0
