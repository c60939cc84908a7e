from portal.publishing.admin.inline import GenericTabularRows
from regions.models import PhotoUse


class PhotoUseRows(GenericTabularRows):
    """The pictures an entry shows, in its order."""

    model = PhotoUse
    ct_field = "entry_type"
    ct_fk_field = "entry_id"
    fields = ("position", "photo", "caption", "caption_en")
    autocomplete_fields = ("photo",)
    classes = ("collapse",)
