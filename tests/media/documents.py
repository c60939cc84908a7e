"""Small documents to upload: whole and honest, and parts to make dishonest ones from."""

import io
import zipfile
import zlib

TYPES = "[Content_Types].xml"
RELS = "_rels/.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = {
    "docx": ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
}


def pdf_bytes(text="hello", *, head=b"%PDF-1.7\n", catalog=b"", objects=b"", tail=b""):
    """A page with a text; `catalog` goes into the catalog, `objects` before the cross-reference table."""
    body = (
        b"1 0 obj\n<</Type /Catalog /Pages 2 0 R " + catalog + b">>\nendobj\n"
        b"2 0 obj\n<</Type /Pages /Kids [3 0 R] /Count 1>>\nendobj\n"
        b"3 0 obj\n<</Type /Page /Parent 2 0 R /MediaBox [0 0 200 200]>>\nendobj\n"
        b"% " + text.encode() + b"\n" + objects
    )
    start = str(len(head) + len(body)).encode()
    return head + body + b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Root 1 0 R>>\nstartxref\n" + start + b"\n%%EOF\n" + tail


def object_stream(content):
    """The same dictionary as programs of today write it: deflated."""
    packed = zlib.compress(content)
    return b"9 0 obj\n<</Type /ObjStm /Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream\nendobj\n" % (len(packed), packed)


def relation(kind, target, mode=""):
    external = f' TargetMode="{mode}"' if mode else ""
    return f'<Relationship Id="r{len(target)}" Type="{OFFICE}/{kind}" Target="{target}"{external}/>'


def relations(*found):
    return f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">{"".join(found)}</Relationships>'


def parts(kind, text="你好", *, types=""):
    """The parts of the least Word or Excel file, by name."""
    name, content_type = MAIN[kind]
    return {
        TYPES: f'<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/{name}" ContentType="{content_type}"/>{types}</Types>',
        RELS: relations(relation("officeDocument", name)),
        name: f'<?xml version="1.0"?><document>{text}</document>',
    }


def pack(found, compression=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in found.items() if isinstance(found, dict) else found:
            archive.writestr(zipfile.ZipInfo(name), content, compression)
    return file.getvalue()


def office_bytes(kind="docx", text="你好", **more):
    return pack(parts(kind, text) | more)
