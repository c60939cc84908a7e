"""Several pictures at once: each good one a draft with its file, each other a sentence and no trace."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.publishing.models import PastSlug, Submission, SubmissionItem
from portal.staff.models import Role
from regions.admin.photo_batch import readable_stem
from regions.models import Photo
from tests.admin.browser import change_url, grant, list_url, messages_of, take_roles
from tests.admin.pictures import upload
from tests.admin.test_photos import files, files_of
from tests.factories import make_photo

pytestmark = pytest.mark.usefixtures("untold")

UPLOAD, WORDS = "/admin/regions/photo/upload/", "/admin/regions/photo/upload/words/"
GIF = b"GIF89a"


def send(browser, owner, *pictures, **values):
    shared = {"region": owner.pk, "credit": "区委组织部提供", "people_consent": "not_needed"}
    return browser.send(UPLOAD, {"pictures": list(pictures), **shared, **values})


def gif(name="动图.gif"):
    return SimpleUploadedFile(name, GIF, "image/gif")


def test_each_picture_becomes_a_draft_with_its_file(root, qijiang, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = send(
            root, qijiang, upload("#111111", "电商大厦.jpg"), upload("#b3392f", "IMG_2041.jpg"),
            taken_on="2021-08", place="古南街道", is_illustration="on",
        )  # fmt: skip

    made = list(Photo.objects.order_by("pk"))
    assert response["Location"] == f"{WORDS}?photos={made[0].pk}-{made[1].pk}"
    assert [(one.slug, one.state, one.caption, one.credit) for one in made] == [
        ("dian-shang-da-sha", "draft", "", "区委组织部提供"),
        ("qijiang-photo", "draft", "", "区委组织部提供"),
    ]
    assert {(str(one.taken_on), one.place, one.is_illustration, one.created_by) for one in made} == {
        ("2021-08", "古南街道", True, root.user)
    }
    assert files() == files_of(made[0]) | files_of(made[1])


def test_refused_files_are_named_and_leave_nothing(root, qijiang, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = send(root, qijiang, gif(), upload(name="a.jpg"), SimpleUploadedFile("空.jpg", b"", "image/jpeg"))

    assert messages_of(response) == [
        "“动图.gif”：这是 GIF 图片，请把需要的一帧另存为 PNG 或 JPEG 后再上传。",
        "“空.jpg”：文件是空的，请重新选择一张照片。",
        "收下 1 张图片，都是草稿。",
    ]
    assert files() == files_of(Photo.objects.get())


def test_when_none_is_taken_the_page_says_why(drawn, root, qijiang):
    response = send(root, qijiang, gif())

    assert (response.status_code, Photo.objects.count(), files()) == (200, 0, set())
    assert "动图.gif" in response.content.decode()


def test_the_same_picture_twice_is_said_and_linked(root, qijiang, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = send(root, qijiang, upload(name="one.jpg"), upload(name="two.jpg"))

    photo = Photo.objects.get()
    link = f'<a href="{change_url(photo)}">“one”</a>'
    assert messages_of(response) == [f"“two.jpg”没有收下：图片库里已有同一张，就是{link}。", "收下 1 张图片，都是草稿。"]


def test_a_picture_of_another_region_is_not_told_of(editor, qijiang, xiushan, root, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send(root, xiushan, upload(name="one.jpg"))
        send(editor, qijiang, upload(name="one.jpg"))

    assert list(Photo.objects.order_by("pk").values_list("slug", "region__slug")) == [("one", "xiushan"), ("one-2", "qijiang")]


@pytest.mark.parametrize(
    ("values", "box", "words"),
    [
        ({"pictures": []}, "pictures", "请选择"),
        ({"region": ""}, "region", "必填"),
        ({"region": "999999"}, "region", "选择"),
        ({"region": "x' OR 1=1"}, "region", "选择"),
        ({"taken_on": "去年"}, "taken_on", "日期"),
        ({"credit": "长" * 121}, "credit", "120"),
        ({"people_consent": "maybe"}, "people_consent", "maybe"),
        ({"source": "x"}, "source", "选择"),
    ],
)
def test_a_wrong_box_is_a_sentence_and_stores_nothing(root, qijiang, values, box, words):
    response = send(root, qijiang, upload(), **values)

    errors = response.context_data["form"].errors
    assert list(errors) == [box]
    assert words in errors[box][0]
    assert (Photo.objects.count(), files()) == (0, set())


def test_more_than_twenty_are_refused_unread(root, qijiang):
    response = send(root, qijiang, *[gif()] * 21)

    assert response.context_data["form"].errors == {"pictures": ["一次最多 20 张，这里选了 21 张。请分几次上传。"]}


def test_a_crash_between_two_pictures_keeps_the_first_whole(root, qijiang, monkeypatch, transactional_db):
    seen = []

    def fail_second(*args, **options):
        seen.append(args)
        if len(seen) == 2:
            raise RuntimeError("the power is gone")

    monkeypatch.setattr("django.contrib.admin.ModelAdmin.log_addition", fail_second)

    with pytest.raises(RuntimeError, match="the power is gone"):
        send(root, qijiang, upload("#111111", "a.jpg"), upload("#b3392f", "b.jpg"))

    assert files() == files_of(Photo.objects.get())


def test_editors_upload_into_their_own_regions_only(editor, qijiang, xiushan):
    response = send(editor, xiushan, upload())

    assert list(response.context_data["form"].errors) == ["region"]
    assert editor.get(UPLOAD).context_data["form"].initial["region"] == qijiang.pk
    take_roles(editor.user)
    grant(editor.user, Role.REVIEWER, qijiang)
    assert editor.get(UPLOAD).status_code == 403
    assert editor.get(WORDS, photos=make_photo(region=qijiang).pk).status_code == 403


def test_address_names_are_readable():
    names = [
        "电商大厦.jpg",
        "IMG_2041.JPG",
        "DSC-1.jpg",
        "微信图片_20210805.png",
        "20210805.jpg",
        r"C:\图\古剑山.jpg",
        "",
        "——.jpg",
    ]

    assert [readable_stem(name, "qijiang") for name in names] == [
        "dian-shang-da-sha", "qijiang-photo", "qijiang-photo", "qijiang-photo", "qijiang-photo", "gu-jian-shan", "qijiang-photo",
        "qijiang-photo",
    ]  # fmt: skip


def test_an_address_name_that_was_ever_used_is_not_given_again(root, qijiang, django_capture_on_commit_callbacks):
    PastSlug.objects.create(entry_type="regions.photo", slug="tower", entry_uuid=make_photo(slug="tower-2").uuid)

    with django_capture_on_commit_callbacks(execute=True):
        send(root, qijiang, upload(name="tower.jpg"))

    assert Photo.objects.order_by("-pk").first().slug == "tower-3"


def words_of(*photos, **values):
    """What the page of words would send: the stored words, with changes by `<n>-<box>` for the n-th photo."""
    data = {}
    for photo in photos:
        names = ("version", "caption", "caption_en", "alt", "alt_en", "credit")
        data |= {f"photo-{photo.pk}-{name}": getattr(photo, name) for name in names}
    for key, value in values.items():
        number, _dash, name = key.removeprefix("n").partition("_")
        data[f"photo-{photos[int(number)].pk}-{name}"] = value
    return data


def address(*photos):
    return f"{WORDS}?photos={'-'.join(str(photo.pk) for photo in photos)}"


@pytest.fixture
def drafts(qijiang):
    return [make_photo(state="draft", caption="", alt="", slug=f"draft-{number}") for number in (1, 2)]


def test_all_words_are_saved_at_once_and_handed_in_where_asked(root, drafts):
    data = words_of(*drafts, n0_caption="电商大厦", n0_alt="一座高楼", n0_hand_in="on", n1_caption="古剑山")

    response = root.send(address(*drafts), data)

    assert response["Location"] == list_url(Photo)
    assert messages_of(response) == ["已保存，其中 1 张已送审。"]
    assert list(Photo.objects.order_by("pk").values_list("caption", "alt", "state", "version", "updated_by")) == [
        ("电商大厦", "一座高楼", "review", 3, root.user.pk),
        ("古剑山", "", "draft", 2, root.user.pk),
    ]
    assert list(SubmissionItem.objects.values_list("entry_uuid", "state")) == [(drafts[0].uuid, SubmissionItem.State.WAITING)]


def test_those_that_were_ticked_are_handed_in_together(root, drafts):
    ready = {
        f"n{number}_{box}": text for number in (0, 1) for box, text in (("caption", "楼"), ("alt", "高楼"), ("hand_in", "on"))
    }

    response = root.send(address(*drafts), words_of(*drafts, **ready))

    assert messages_of(response) == ["已保存，其中 2 张已送审。"]
    assert list(Photo.objects.values_list("state", flat=True)) == ["review"] * 2
    assert set(Submission.objects.get().items.values_list("entry_uuid", flat=True)) == {photo.uuid for photo in drafts}


def test_nothing_ticked_is_only_saved(root, drafts):
    response = root.send(address(*drafts), words_of(*drafts, n0_caption="楼"))

    assert messages_of(response) == ["已保存。"]
    assert (list(Photo.objects.order_by("pk").values_list("caption", "state")), Submission.objects.count()) == (
        [("楼", "draft"), ("", "draft")],
        0,
    )


def test_untouched_rows_keep_their_version(root, drafts):
    root.send(address(*drafts), words_of(*drafts, n1_caption="古剑山"))

    assert list(Photo.objects.order_by("pk").values_list("version", flat=True)) == [1, 2]


@pytest.mark.parametrize(
    ("values", "boxes"),
    [
        ({"n1_hand_in": "on"}, ["caption", "alt"]),
        ({"n1_hand_in": "on", "n1_caption": "大厦"}, ["alt"]),
        ({"n1_hand_in": "on", "n1_caption": "大厦", "n1_alt": "高楼", "n1_credit": ""}, ["credit"]),
        ({"n1_hand_in": "on", "n1_caption": "大厦", "n1_alt": "待补充"}, ["alt"]),
        ({"n1_caption": "大厦", "n1_alt": "大厦"}, ["alt"]),
        ({"n1_alt": "IMG_1.jpg"}, ["alt"]),
        ({"n1_caption": "长" * 10_000}, ["caption"]),
        ({"n1_caption": "大\n厦"}, ["caption"]),
    ],
)
def test_one_wrong_row_and_nothing_is_saved_or_handed_in(root, drafts, values, boxes):
    before = list(Photo.objects.order_by("pk").values())

    ready = {"n0_caption": "电商大厦", "n0_alt": "高楼", "n0_hand_in": "on"}
    response = root.send(address(*drafts), words_of(*drafts, **ready, **values))

    assert [list(form.errors) for form in response.context_data["forms"]] == [[], boxes]
    assert list(Photo.objects.order_by("pk").values()) == before
    assert not Submission.objects.exists()


def test_a_face_without_consent_is_not_handed_in(root, drafts):
    Photo.objects.update(people_consent="missing")

    response = root.send(address(*drafts), words_of(*drafts, n0_caption="大厦", n0_alt="高楼", n0_hand_in="on"))

    sentence = "照片上能认出人，还没有征得同意：征得同意以后才能发布。"
    assert response.context_data["forms"][0].non_field_errors() == [sentence]
    assert list(Photo.objects.values_list("caption", "state")) == [("", "draft")] * 2


def test_a_row_somebody_else_saved_is_shown_and_nothing_is_written(drawn, root, drafts):
    data = words_of(*drafts, n0_caption="我的", n1_caption="古剑山")
    root.edit(drafts[0], caption="别人的")

    response = root.send(address(*drafts), data)

    page = response.content.decode()
    assert list(Photo.objects.order_by("pk").values_list("caption", flat=True)) == ["别人的", ""]
    assert all(words in page for words in ("别人的", "我的", "古剑山", "已保存的内容与您填写的不同"))
    assert f'name="photo-{drafts[0].pk}-version" value="2"' in page


def test_the_page_shows_each_picture_with_its_boxes(drawn, root, drafts):
    page = root.get(address(*drafts)).content.decode()

    assert [f"/admin/regions/photo/{photo.pk}/preview/640.webp" in page for photo in drafts] == [True, True]


def test_only_photos_of_the_own_regions_are_asked_for(editor, drafts, xiushan):
    other = make_photo(region=xiushan, state="draft", caption="", alt="")

    response = editor.get(address(drafts[0], other, drafts[0]))

    assert [form.instance for form in response.context_data["forms"]] == [drafts[0]]
    assert editor.get(address(other)).status_code == 404
    assert [editor.get(f"{WORDS}?photos={odd}").status_code for odd in ("", "x", "1'", "９", "999999999999999999999")] == [
        404
    ] * 5


def test_the_list_leads_to_the_upload(drawn, root, editor, qijiang):
    link = f'href="{reverse("admin:regions_photo_upload")}"'

    assert link in root.get(list_url(Photo)).content.decode()
    take_roles(editor.user)
    grant(editor.user, Role.REVIEWER, qijiang)
    assert link not in editor.get(list_url(Photo)).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_words_page_queries(drawn, root, qijiang, django_assert_num_queries, rows):
    photos = [make_photo(region=qijiang, state="draft") for _ in range(rows)]

    with django_assert_num_queries(4):
        root.get(address(*photos))
