"""What several pictures share, and the pictures themselves."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.publishing.admin.versioned_form import EntryForm
from regions.models import Photo

MOST_PICTURES = 20
SHARED = ("region", "credit", "credit_en", "place", "place_en", "is_illustration", "people_consent", "source")
WORDS_FIELDS = ("caption", "caption_en", "alt", "alt_en", "credit")


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name)


class PicturesInput(forms.Field):
    """Takes the uploads unread: they are read one at a time, so that only one picture is in memory."""

    widget = ManyFiles(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, value: Any) -> list[Any]:
        files = list(value or [])
        if not files:
            raise ValidationError(_("请选择要上传的图片，可以一次选几张。"), code="required")
        if len(files) > MOST_PICTURES:
            raise ValidationError(
                _("一次最多 %(most)d 张，这里选了 %(count)d 张。请分几次上传。") % {"most": MOST_PICTURES, "count": len(files)},
                code="too_many",
            )
        return files


class BatchForm(EntryForm):
    """Checks what is shared as a draft photo would be; `photos` are written from it."""

    pictures = PicturesInput(
        label=gettext_lazy("图片文件"),
        help_text=gettext_lazy("可以一次选几张，最多 20 张。JPEG、PNG 或 WebP，每张不超过 25 MB；拍摄位置等附带信息会被去掉。"),
    )

    def new_photo(self) -> Photo:
        """A draft with what is shared."""
        columns = {name: getattr(self.instance, name) for name in SHARED}
        photo = Photo(**columns)
        photo.taken_on = self.cleaned_data.get("taken_on")
        return photo


class WordsForm(EntryForm):
    """The words of one uploaded draft, which may then be handed in at once."""

    constraint_places = {"photo_alt_differs": "alt"}
    hand_in = forms.BooleanField(label=gettext_lazy("保存后送审"), required=False)
    preview: Any = ""
