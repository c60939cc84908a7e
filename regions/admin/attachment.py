"""The documents of an entry, edited on its page."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.media.document import read_document
from portal.media.document_error import DocumentError
from portal.media.document_name import clean_name
from portal.publishing.admin.entry import EntryAdmin
from portal.publishing.admin.form import PortalForm
from portal.publishing.admin.inline import GenericTabularRows
from portal.text.file_size import print_file_size
from regions.attachment_download import download
from regions.attachments import describe, kept_document
from regions.models import Attachment


class DocumentWidget(forms.FileInput):
    """Says, on a page that comes back with errors, that the chosen file is not in the box any more."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        box = super().render(name, value, attrs, renderer)
        if not isinstance(value, UploadedFile):
            return box
        lost = gettext("浏览器不会保留刚才选的“%(name)s”，请重新选择。") % {"name": clean_name(value.name or "")}
        return format_html('{}<p class="help">{}</p>', box, lost)


class DocumentInput(forms.FileField):
    """Takes an upload and gives the document, or says what is wrong with it."""

    widget = DocumentWidget(attrs={"accept": ".pdf,.docx,.xlsx"})
    default_error_messages = {"required": _("请选择文件；页面重新打开后，浏览器不会保留以前选的文件。")}

    def to_python(self, data: Any) -> Any:
        if not data:
            return None
        try:
            return read_document(data, name=data.name or "")
        except DocumentError as error:
            raise ValidationError(str(error), code=error.code) from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was chosen, for the widget to tell that it is lost."""
        return data or initial


class AttachmentForm(PortalForm):
    file = DocumentInput(
        label=_("文件"),
        help_text=_(
            "PDF、docx 或 xlsx，不超过 20 MB；原样公开，文件里记录的作者姓名等不会去掉。已有文件的行，选新文件就是替换。"
        ),
    )
    boxes = {"sha256": "file"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = self.instance._state.adding

    def _prepare_instance(self) -> None:
        if document := self.cleaned_data.get("file"):
            describe(self.instance, document)

    def save(self, commit: bool = True) -> Any:
        document = self.cleaned_data.get("file")
        if document is None or not commit:
            return super().save(commit)
        with kept_document(self.instance, document):
            return super().save(commit)


class AttachmentRows(GenericTabularRows):
    """The documents readers can download from an entry's page; its admin must be an `AttachedAdmin`.

    Never folded: after an error elsewhere on the page, a row says here that its chosen file was lost.
    """

    model = Attachment
    form = AttachmentForm
    ct_field = "entry_type"
    ct_fk_field = "entry_id"
    fields = ("position", "title", "title_en", "stored", "file")
    readonly_fields = ("stored",)

    @admin.display(description=_("现在的文件"))
    def stored(self, row: Attachment | None) -> SafeString | str:
        if row is None or row.pk is None:
            return gettext("还没有上传")
        address = reverse(f"admin:{_preview_name(self.parent_model)}", args=[row.entry_id, row.pk])
        facts = f"{row.get_kind_display()} {print_file_size(row.size)}"
        return format_html('<a href="{}">{}</a> {}', address, row.original or row.title, facts)


class AttachedAdmin(EntryAdmin):
    """An entry with documents, which its editors can open before readers can."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.attachment_view)
        route = "<path:object_id>/attachments/<int:attachment_id>/"
        return [path(route, view, name=_preview_name(self.model)), *super().get_urls()]

    def attachment_view(self, request: HttpRequest, object_id: str, attachment_id: int) -> HttpResponseBase:
        """A document as its editors check it before it is public; never kept by a cache."""
        entry = self.get_object(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, entry):
            raise PermissionDenied
        row = entry.attachments.filter(pk=attachment_id).first() if entry is not None else None
        if row is None:
            raise Http404
        try:
            response = download(row)
        except FileNotFoundError as error:
            raise Http404 from error
        response["Cache-Control"] = "private, no-store"
        return response


def _preview_name(model: Any) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}_attachment"
