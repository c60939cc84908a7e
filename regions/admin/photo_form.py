from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.media.errors import PictureError
from portal.media.intake import read_picture
from portal.publishing.admin.versioned_form import EntryForm
from regions.pictures import describe


class PictureInput(forms.FileField):
    """Takes an upload and gives the re-encoded picture, or says what is wrong with it."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def to_python(self, data: Any) -> Any:
        if not data:
            return None
        try:
            return read_picture(data, name=data.name or "")
        except PictureError as error:
            raise ValidationError(str(error), code=error.code) from error


class PhotoForm(EntryForm):
    picture = PictureInput(
        label=_("图片文件"), max_length=255, help_text=_("JPEG、PNG 或 WebP，不超过 25 MB；拍摄位置等附带信息会被去掉。")
    )
    boxes = {"sha256": "picture"}
    constraint_places = {"photo_alt_differs": "alt"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_new:
            self.fields["picture"].required = False
            self.fields["picture"].label = _("换一张图片")

    def _prepare_instance(self) -> None:
        if picture := self.cleaned_data.get("picture"):
            describe(self.instance, picture)
