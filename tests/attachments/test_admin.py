"""Documents come in, are replaced and go on the page of their entry; nothing is half-saved."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from policies.models import Policy, Programme, Service
from regions.models import Attachment
from tests.admin.browser import change_url, errors_of, take_roles
from tests.factories import make_policy, make_programme, make_service, make_topic
from tests.media.documents import office_bytes, pdf_bytes

from .making import attach

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("made_as_drafts"), pytest.mark.usefixtures("untold")]
PREFIX = "regions-attachment-entry_type-entry_id"
MAKERS = {Policy: make_policy, Service: make_service, Programme: make_programme}


def upload(text="one", name="申请表.pdf", content=None):
    return SimpleUploadedFile(name, pdf_bytes(text) if content is None else content, "application/pdf")


def row(number=0, **values):
    return {f"{PREFIX}-{number}-{name}": value for name, value in values.items()}


def stored():
    return [(found.title, found.kind, found.original, found.position) for found in Attachment.objects.order_by("position", "pk")]


def names():
    return {f"{found.sha256}.{found.kind}" for found in Attachment.objects.all()}


@pytest.mark.parametrize("model", MAKERS)
def test_a_document_is_added_on_the_page_of_its_entry(root, kept, model):
    entry = MAKERS[model](topics=[make_topic()])

    response = root.edit(entry, **row(title="入住申请表", file=upload()))

    assert response.status_code == 302, errors_of(response)
    assert stored() == [("入住申请表", "pdf", "申请表.pdf", 0)]
    assert kept() == names()
    assert (model.objects.get().version, list(entry.attachments.all())) == (2, list(Attachment.objects.all()))


def test_a_row_without_a_file_is_told_at_its_box(root, kept):
    response = root.edit(make_policy(), **row(title="入住申请表"))

    assert errors_of(response) == {f"{PREFIX}-0-file": ["请选择文件；页面重新打开后，浏览器不会保留以前选的文件。"]}
    assert (stored(), kept()) == ([], set())


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"", "空"),
        ("a.pdf", office_bytes(), "文件名是 .pdf，内容却是 docx"),
        ("a.pdf", pdf_bytes(catalog=b"/OpenAction <</S /JavaScript /JS (x)>>"), "脚本"),
        ("a.docx", office_bytes()[:-40], "不完整"),
        ("a.exe", b"MZ" + bytes(99), "程序"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "另存为 PDF、docx 或 xlsx"),
    ],
)
def test_a_hostile_upload_is_a_sentence_and_leaves_no_file(root, kept, name, content, words):
    response = root.edit(make_policy(), title="新标题", **row(title="表", file=upload(name=name, content=content)))

    found = errors_of(response)
    assert list(found) == [f"{PREFIX}-0-file"]
    assert words in found[f"{PREFIX}-0-file"][0]
    assert (stored(), kept(), Policy.objects.filter(title="新标题").count()) == ([], set(), 0)


def test_a_page_wrong_elsewhere_keeps_no_file_and_says_so(drawn, root, kept):
    response = root.edit(make_policy(), title="", **row(title="入住申请表", file=upload(name="我的表.pdf")))

    assert list(errors_of(response)) == ["title"]
    assert "浏览器不会保留刚才选的“我的表.pdf”，请重新选择。" in response.content.decode()
    assert (stored(), kept()) == ([], set())


def test_a_stale_page_keeps_nothing(root, kept):
    policy = make_policy()
    data = root.form(change_url(policy))
    root.edit(policy, title="别人的标题")

    response = root.send(change_url(policy), data | row(title="入住申请表", file=upload()))

    assert response.status_code == 200
    assert (stored(), kept(), Policy.objects.get().title) == ([], set(), "别人的标题")


def test_a_stale_page_sent_again_with_its_file_is_saved(root, kept):
    policy = make_policy()
    data = root.form(change_url(policy))
    root.edit(policy, title="别人的标题")
    again = root.send(change_url(policy), data | row(title="入住申请表", file=upload()))
    version = again.context_data["adminform"].form.data["version"]

    response = root.send(change_url(policy), data | {"version": version} | row(title="入住申请表", file=upload()))

    assert response.status_code == 302, errors_of(response)
    assert (len(stored()), kept()) == (1, names())


def test_a_document_is_replaced(root, kept, django_capture_on_commit_callbacks):
    policy = make_policy()
    attach(policy, "旧表")
    before = kept()

    with django_capture_on_commit_callbacks(execute=True):
        response = root.edit(policy, **row(file=upload("new", "新表.pdf")))

    assert response.status_code == 302, errors_of(response)
    assert [found[:3] for found in stored()] == [("旧表", "pdf", "新表.pdf")]
    assert kept() == names() != before


def test_a_title_is_changed_without_the_file(root, kept):
    policy = make_policy()
    attach(policy, "旧表")
    before = kept()

    response = root.edit(policy, **row(title="新名称"))

    assert response.status_code == 302, errors_of(response)
    assert ([found[0] for found in stored()], kept()) == (["新名称"], before)


def test_a_document_is_taken_away(root, kept, django_capture_on_commit_callbacks):
    policy = make_policy()
    attach(policy)

    with django_capture_on_commit_callbacks(execute=True):
        root.edit(policy, **row(DELETE="on"))

    assert (stored(), kept()) == ([], set())


@pytest.mark.parametrize("model", MAKERS)
def test_deleting_an_entry_takes_its_files_away(root, kept, model, django_capture_on_commit_callbacks):
    entry = MAKERS[model](state="draft")
    attach(entry)

    with django_capture_on_commit_callbacks(execute=True):
        root.delete(entry)

    assert (model.objects.count(), stored(), kept()) == (0, [], set())


def test_the_same_file_twice_is_told_at_its_box(root):
    policy = make_policy()
    told = ["这个文件已经附在这里了。"]

    both = root.edit(
        policy,
        **{f"{PREFIX}-TOTAL_FORMS": "2"},
        **row(0, position="1", title="甲", file=upload()),
        **row(1, position="2", title="乙", file=upload()),
    )
    root.edit(policy, **row(title="甲", file=upload()))
    later = root.edit(policy, **row(1, title="乙", file=upload()))

    assert (errors_of(both), errors_of(later)) == ({f"{PREFIX}-1-file": told},) * 2


@pytest.mark.django_db(transaction=True)
def test_files_of_a_save_that_fails_are_taken_back(root, kept, monkeypatch):
    policy = make_policy()
    attach(policy, "旧表")
    before = kept()
    monkeypatch.setattr("django.contrib.admin.ModelAdmin.log_change", _fail)

    with pytest.raises(RuntimeError, match="the disk is full"):
        root.edit(policy, **row(file=upload("new")), **row(1, title="又一份", file=upload("more")))

    assert (kept(), names(), len(stored())) == (before, before, 1)


def _fail(*args, **options):
    raise RuntimeError("the disk is full")


def test_a_forged_row_of_another_entry_is_refused(root, kept):
    other = attach(make_service(), "别的")
    policy = make_policy()
    before = (stored(), kept())

    response = root.edit(
        policy, **{f"{PREFIX}-INITIAL_FORMS": "1"}, **row(id=other.pk, title="偷来的", file=upload("new"), sha256="0" * 64)
    )

    assert response.status_code == 200
    assert (stored(), kept()) == before


def test_a_row_shows_its_file_to_its_editors(drawn, root):
    policy = make_policy()
    found = attach(policy)

    page = root.get(change_url(policy)).content.decode()

    assert f'<a href="/admin/policies/policy/{policy.pk}/attachments/{found.pk}/">upload.pdf</a> PDF 1 KB' in page


@pytest.mark.parametrize("model", MAKERS)
def test_an_unpublished_document_is_opened_by_its_editors(editor, qijiang, model):
    entry = MAKERS[model](state="draft", region=qijiang)
    found = attach(entry, title="草稿")

    response = preview(editor, entry, found)

    assert response.getvalue() == pdf_bytes("申请表")
    assert (response["Content-Type"], response["Cache-Control"]) == ("application/pdf", "private, no-store")
    assert response["Content-Disposition"] == "attachment; filename*=UTF-8''%E8%8D%89%E7%A8%BF.pdf"
    assert response["X-Content-Type-Options"] == "nosniff"


def preview(browser, entry, found, key=None):
    return browser.get(f"/admin/policies/{entry._meta.model_name}/{key or entry.pk}/attachments/{found if key else found.pk}/")


def test_nobody_else_opens_it(editor, qijiang, xiushan, client):
    own, foreign = make_policy(state="draft", region=qijiang), make_policy(state="draft", region=xiushan)
    found, secret = attach(own, "甲"), attach(foreign, "乙")

    assert preview(editor, foreign, secret).status_code == 404
    assert preview(editor, own, secret).status_code == 404
    assert client.get(f"/admin/policies/policy/{own.pk}/attachments/{found.pk}/").status_code == 302
    take_roles(editor.user)
    assert preview(editor, own, found).status_code == 403


def test_other_addresses_open_nothing(root):
    policy = make_policy()
    found = attach(policy)
    tried = [
        (f"0{policy.pk}", found.pk),
        ("１", found.pk),
        ("999999", found.pk),
        (f"{policy.pk}", 999999),
        (f"{policy.pk}", 10**30),
    ]

    assert [preview(root, policy, number, key).status_code for key, number in tried] == [404] * len(tried)
