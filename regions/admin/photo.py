from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.media.renditions import rendition_name
from portal.media.storage import open_rendition
from portal.publishing.admin.entry import EntryAdmin
from portal.publishing.admin.filters import OwnerFilter
from portal.publishing.admin.publication import COLLAPSED, publication
from regions.admin.photo_batch import BatchMixin
from regions.admin.photo_form import PhotoForm
from regions.admin.photo_words import WordsMixin
from regions.models import Photo
from regions.pictures import kept_picture, release_picture

PREVIEW_WIDTH = 640


@admin.register(Photo)
class PhotoAdmin(BatchMixin, WordsMixin, EntryAdmin):
    form = PhotoForm
    list_display = ("caption", "credit", "place", "is_illustration", "people_consent", "region", "state", "updated_at")
    list_filter = ("state", "people_consent", "is_illustration", OwnerFilter)
    search_fields = ("caption", "caption_en", "alt", "credit", "place", "slug")
    autocomplete_fields = ("region", "source")
    ordering = ("-updated_at", "-pk")
    readonly_fields = ("preview",)
    fieldsets = (
        (_("图片"), {"fields": ("preview", "picture", ("caption", "caption_en"), ("alt", "alt_en"), ("credit", "credit_en"))}),
        (
            _("拍摄与使用"),
            {"fields": ("taken_on", ("place", "place_en"), ("is_illustration", "people_consent"), "source")},
        ),
        (_("裁剪焦点"), {"classes": COLLAPSED, "fields": (("focal_x", "focal_y"),)}),
        *publication(),
    )

    def get_urls(self) -> list[Any]:
        preview = self.admin_site.admin_view(self.preview_view)
        return [path("<path:object_id>/preview/<int:width>.webp", preview, name="regions_photo_preview"), *super().get_urls()]

    def preview_view(self, request: HttpRequest, object_id: str, width: int) -> HttpResponseBase:
        """A picture as its editors see it before it is public; never kept by a cache."""
        photo = self.get_object(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, photo):
            raise PermissionDenied
        if photo is None or width not in photo.widths:
            raise Http404
        try:
            rendition = open_rendition(rendition_name(photo.sha256, width, "webp"))
        except FileNotFoundError as error:
            raise Http404 from error
        return FileResponse(rendition.file, content_type=rendition.content_type, headers={"Cache-Control": "private, no-store"})

    @admin.display(description=_("现在的图片"))
    def preview(self, photo: Photo | None) -> SafeString | str:
        if photo is None or not photo.pk or not photo.sha256:
            return gettext("还没有上传")
        width = max((offered for offered in photo.widths if offered <= PREVIEW_WIDTH), default=photo.widths[0])
        address = reverse("admin:regions_photo_preview", args=[photo.pk, width])
        height = round(photo.height * width / photo.width) if photo.width else width
        return format_html(
            '<img class="photo-preview" src="{}" alt="{}" width="{}" height="{}">', address, photo.alt, width, height
        )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        picture = form.cleaned_data.get("picture")
        if picture is None:
            super().save_model(request, obj, form, change)
            return
        with kept_picture(obj, picture):
            super().save_model(request, obj, form, change)

    @transaction.atomic
    def delete_rows(self, request: HttpRequest, rows: list[Any]) -> None:
        super().delete_rows(request, rows)
        for photo in rows:
            release_picture(photo)
