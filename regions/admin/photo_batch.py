"""Uploading several pictures at once: each becomes a draft photo with its file, or a sentence."""

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.forms import modelform_factory
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.media.errors import PictureError
from portal.media.intake import read_picture
from portal.media.picture import Picture
from portal.publishing.admin.bases import ModelAdmin
from portal.publishing.admin.fields import with_partial_dates
from portal.publishing.copying import free_slug
from portal.publishing.lifecycle import finish_entry, save_entry
from portal.staff.roles import usual_region
from portal.text.errors import TextError
from portal.text.pinyin import slug_from
from regions.admin.photo_batch_form import SHARED, BatchForm
from regions.admin.photo_words import WORDS
from regions.models import Photo
from regions.models.photo import FILE_NAME
from regions.pictures import kept_picture

UPLOAD = "regions_photo_upload"
FIELDS = (*SHARED[:3], "taken_on", *SHARED[3:])


class BatchMixin(ModelAdmin):
    def get_urls(self) -> list[Any]:
        upload = self.admin_site.admin_view(self.upload_view)
        return [path("upload/", upload, name=UPLOAD), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        more = {"upload_url": reverse(f"admin:{UPLOAD}")} if self._may_upload(request) else {}
        return super().changelist_view(request, {**(extra_context or {}), **more})

    def upload_view(self, request: HttpRequest) -> HttpResponseBase:
        if not self._may_upload(request):
            raise PermissionDenied
        form = self._upload_form(request)
        if request.method == "POST" and form.is_valid():
            made = self._take_all(request, form)
            if made:
                return HttpResponseRedirect(f"{reverse(f'admin:{WORDS}')}?photos={as_keys(made)}")
        context = {
            **self.admin_site.each_context(request),
            "title": _("一次上传多张图片"),
            "opts": self.opts,
            "form": form,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/regions/photo/upload.html", context)

    def _may_upload(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def _upload_form(self, request: HttpRequest) -> Any:
        form_class: Any = modelform_factory(
            Photo,
            form=with_partial_dates(BatchForm, Photo),
            fields=SHARED,
            formfield_callback=lambda field, **kwargs: self.formfield_for_dbfield(field, request=request, **kwargs),
        )
        form_class.user = request.user
        form = form_class(request.POST, request.FILES) if request.method == "POST" else form_class(initial=self._usual(request))
        form.order_fields(("pictures", *FIELDS))
        return form

    def _usual(self, request: HttpRequest) -> dict[str, Any]:
        user: Any = request.user
        region = usual_region(user)
        return {"region": region} if region is not None else {}

    def _take_all(self, request: HttpRequest, form: BatchForm) -> list[Photo]:
        """One picture after the other; each is whole, file and row, before the next is read."""
        found = [self._take_one(request, form, file) for file in form.cleaned_data["pictures"]]
        made = [photo for photo in found if photo is not None]
        if made:
            sentence = ngettext(
                "收下 %(count)d 张图片，都是草稿。", "收下 %(count)d 张图片，都是草稿。", len(made)
            ) % {"count": len(made)}  # fmt: skip
            self.message_user(request, sentence, messages.SUCCESS)
        return made

    def _take_one(self, request: HttpRequest, form: BatchForm, file: Any) -> Photo | None:
        """None, with a message, for a picture that is refused or there already."""
        name = file.name or ""
        try:
            picture = read_picture(file, name=name)
        except PictureError as error:
            self.message_user(request, str(error), messages.ERROR)
            return None
        if known := self.get_queryset(request).filter(sha256=picture.sha256).first():
            self.message_user(request, _already_there(name, known), messages.WARNING)
            return None
        try:
            return self._keep(request, form.new_photo(), picture, name)
        except IntegrityError:  # somebody took the address name at this moment
            sentence = _("“%(name)s”没有收下：刚刚有人同时在上传，请把这一张再传一次。")
            self.message_user(request, sentence % {"name": name[:80]}, messages.ERROR)
            return None

    @transaction.atomic
    def _keep(self, request: HttpRequest, photo: Photo, picture: Picture, name: str) -> Photo:
        photo.slug = free_slug(Photo, readable_stem(name, photo.region.slug))
        with kept_picture(photo, picture):
            save_entry(photo, by=request.user)
            finish_entry(photo)
            self.log_addition(request, photo, [{"added": {}}])
        return photo


def readable_stem(name: str, region: str) -> str:
    """What a file is called where somebody named it, else the region's name: a camera's number tells nobody anything."""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    if not FILE_NAME.search(stem) and any(character.isalpha() for character in stem):
        try:
            return slug_from(stem)
        except TextError:
            pass
    return f"{region}-photo"


def as_keys(photos: Iterable[Photo]) -> str:
    return "-".join(str(photo.pk) for photo in photos)


def _already_there(name: str, photo: Photo) -> Any:
    address = reverse("admin:regions_photo_change", args=[photo.pk])
    sentence = _('“{}”没有收下：图片库里已有同一张，就是<a href="{}">“{}”</a>。')
    return format_html(sentence, name[:80], address, photo)
