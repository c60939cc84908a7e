"""The attachments of an entry, read together with its links: no query of their own."""

from typing import Any, NamedTuple, Self
from uuid import UUID

from django.db.models import CharField, F, Model, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from portal.media.addresses import document_address
from portal.media.document import CONTENT_TYPES
from portal.media.document_name import DocumentName, document_name
from portal.publishing.models import LocalText
from portal.text.file_size import print_file_size
from regions.links import Link, link_rows
from regions.models import Attachment


class AttachmentLink(NamedTuple):
    """One document of an entry as readers get it; `size` is in bytes."""

    uuid: UUID
    title: LocalText
    title_en: LocalText
    name: DocumentName
    size: int

    @classmethod
    def from_link(cls, link: Link) -> Self:
        sha256, _dot, kind = link.slug.partition(".")
        uid, size = link.more.split()
        chinese = LocalText(link.name, "zh-Hans")
        english = LocalText(link.name_en, "en") if link.name_en else chinese
        return cls(UUID(uid), chinese, english, DocumentName(sha256, kind), int(size))

    @property
    def sha256(self) -> str:
        return self.name.sha256

    @property
    def url(self) -> str:
        return document_address(document_name(*self.name))

    @property
    def type(self) -> str:
        return CONTENT_TYPES[self.name.kind]

    @property
    def words(self) -> str:
        """Kind and size, such as PDF，1.2 MB."""
        return _("%(kind)s，%(size)s") % {"kind": Attachment.Kind(self.name.kind).label, "size": print_file_size(self.size)}

    def local(self, name: str, language: str) -> LocalText:
        return self.title_en if language == "en" else self.title


def attachment_links(model: type[Model], owners: list[int]) -> QuerySet[Any]:
    """A branch for `read_links`: the attachments of public entries of one type."""
    rows = Attachment.objects.filter(
        entry_type__app_label=model._meta.app_label, entry_type__model=model._meta.model_name, entry_id__in=owners
    ).annotate(
        file=Concat(F("sha256"), Value("."), F("kind"), output_field=CharField()),
        facts=Concat(Cast(F("uid"), CharField()), Value(" "), Cast(F("size"), CharField()), output_field=CharField()),
    )
    return link_rows(
        "attachments", rows, owner="entry_id", slug="file", name="title", name_en="title_en", position="position", more="facts"
    )
