from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from portal.media.document_name import parse_document_name
from portal.media.renditions import parse_rendition_name
from portal.publishing.gate import Problem, Whole, rule
from portal.publishing.gate.local_links import LocalLink, local_links
from portal.publishing.models import Publishable
from regions.models import Attached, Attachment, Photo
from regions.models.attachment import attached_models


@rule(Publishable)
def linked_files_are_public(whole: Whole) -> Iterator[Problem]:
    """Every link to a picture or document leads to one that readers get, or will get in the same submission."""
    links = [link for link in local_links(whole) if link.name in {"media", "attachment"}]
    if not links:
        return
    alive = _pictures(whole, links) | _documents(whole, links)
    for link in links:
        if link.target not in alive:
            yield Problem(
                _("“%(label)s”里的链接 %(address)s 指向的文件没有公开，读者打不开；请核对网址或去掉链接。")
                % {"label": link.field.verbose_name, "address": link.address},
                link.field.name,
                link.row,
            )


def _pictures(whole: Whole, links: list[LocalLink]) -> set[str]:
    """The names of renditions that readers get; one query when pictures are linked to."""
    named = {link.target: parse_rendition_name(link.target) for link in links if link.name == "media"}
    stems = {name: parts.stem for name, parts in named.items() if parts is not None}
    if not stems:
        return set()
    of_stems = Q(*(Q(sha256__startswith=stem) for stem in stems.values()), _connector=Q.OR)
    shown = Q(pk__in=Photo.objects.published().values("pk")) | Q(uuid__in=whole.also_public, copy_of__isnull=True)
    hashes = list(Photo._base_manager.filter(of_stems, shown).values_list("sha256", flat=True))
    return {name for name, stem in stems.items() if any(sha256.startswith(stem) for sha256 in hashes)}


def _documents(whole: Whole, links: list[LocalLink]) -> set[str]:
    """The names of documents that readers get; one query when documents are linked to, and the entry's own."""
    named = {link.target: parse_document_name(link.target) for link in links if link.name == "attachment"}
    wanted = {parts.sha256 for parts in named.values() if parts is not None}
    if not wanted:
        return set()
    own: list[Any] = whole.rows("attachments") if isinstance(whole.entry, Attached) else []
    known = {(row.sha256, row.kind) for row in own}
    rows = Attachment.objects.filter(sha256__in=wanted)
    known |= set((rows.published() | rows.filter(_published_together(whole))).values_list("sha256", "kind"))
    return {name for name, parts in named.items() if parts is not None and tuple(parts) in known}


def _published_together(whole: Whole) -> Q:
    found = Q(pk__in=[])
    for model in attached_models():
        options = model._meta
        entries = model._base_manager.filter(uuid__in=whole.also_public, copy_of__isnull=True).values("pk")
        found |= Q(entry_type__app_label=options.app_label, entry_type__model=options.model_name, entry_id__in=entries)
    return found
