from collections.abc import Iterator

from django.utils.translation import gettext as _

from portal.publishing.gate import Problem, Whole, rule
from regions.models import Photo
from regions.models.photo import alt_problem


@rule(Photo)
def photo_has_file(whole: Whole) -> Iterator[Problem]:
    """A picture was uploaded."""
    if not whole.entry.sha256:
        yield Problem(_("还没有上传图片文件。"), "sha256")


@rule(Photo)
def photo_has_words(whole: Whole) -> Iterator[Problem]:
    """A photo has a caption, a text alternative and a credit."""
    photo = whole.entry
    if not photo.caption.strip():
        yield Problem(_("还没有写图片说明：谁、在哪里、做什么。"), "caption")
    if not photo.alt.strip():
        yield Problem(_("还没有写替代文字：给看不见图的人，画面上有什么。"), "alt")
    if not photo.credit.strip():
        yield Problem(_("还没有写图片署名：谁拍摄或提供。"), "credit")


@rule(Photo)
def alt_tells_the_picture(whole: Whole) -> Iterator[Problem]:
    """The text alternative is neither the caption once more nor a file name, in both languages."""
    photo = whole.entry
    for name, caption in (("alt", photo.caption), ("alt_en", photo.caption_en)):
        if problem := alt_problem(getattr(photo, name), caption):
            yield Problem(problem, name)


@rule(Photo)
def people_have_consented(whole: Whole) -> Iterator[Problem]:
    """Nobody recognisable is shown without consent."""
    if whole.entry.people_consent == Photo.Consent.MISSING:
        yield Problem(_("照片上能认出人，还没有征得同意：征得同意以后才能发布。"), "people_consent")
