"""Attachments with their files, made as an upload makes them."""

import io

from portal.media.document import read_document
from regions.attachments import kept_document
from regions.models import Attachment
from tests.media.documents import office_bytes, pdf_bytes

MAKERS = {"pdf": pdf_bytes, "docx": lambda text: office_bytes("docx", text), "xlsx": lambda text: office_bytes("xlsx", text)}


def attach(entry, text="申请表", kind="pdf", **fields):
    document = read_document(io.BytesIO(MAKERS[kind](text)), name=f"upload.{kind}")
    row = Attachment(**{"entry": entry, "title": text} | fields)
    with kept_document(row, document):
        row.save()
    return row
