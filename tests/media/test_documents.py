"""Which documents are taken, and what is said about the others: by content, never by name."""

import contextlib
import hashlib
import io
import time
import zipfile

import pytest

from portal.media.document import FILE_BYTES, read_document
from portal.media.document_error import DocumentError

from .documents import RELS, TYPES, object_stream, office_bytes, pack, parts, pdf_bytes, relation, relations

NOISE = b"".join(hashlib.sha256(bytes((n % 256, n // 256 % 256, n // 65536))).digest() for n in range(FILE_BYTES // 32 - 99))


def read(content, name):
    return read_document(io.BytesIO(content), name=name)


def code(content, name="申请表.pdf"):
    with pytest.raises(DocumentError) as caught:
        read(content, name)
    return caught.value.code


def docx(found):
    return code(pack(found), "申请表.docx")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (pdf_bytes(), "pdf"),
        (pdf_bytes(head=b"%PDF-2.0\n"), "pdf"),
        (pdf_bytes(catalog=b"/OpenAction [3 0 R /FitH null]"), "pdf"),
        (pdf_bytes(catalog=b"/OpenAction <</S /GoTo /D [3 0 R /Fit]>>"), "pdf"),
        (pdf_bytes(objects=object_stream(b"<</Type /Font>>")), "pdf"),
        (pdf_bytes(objects=b"4 0 obj\n<</A <</S /URI /URI (https://example.gov.cn)>> >>\nendobj\n"), "pdf"),
        (office_bytes("docx"), "docx"),
        (office_bytes("xlsx"), "xlsx"),
        (pack(parts("docx"), zipfile.ZIP_STORED), "docx"),
    ],
)
def test_a_plain_document_is_taken_as_it_is(content, kind):
    document = read(content, f"申请表.{kind.upper()}")

    assert (document.kind, document.content, document.size) == (kind, content, len(content))
    assert document.name == f"{document.sha256}.{kind}"


def test_a_link_in_a_document_may_lead_outside():
    found = parts("docx") | {
        "word/_rels/document.xml.rels": relations(relation("hyperlink", "https://example.gov.cn/", "External"))
    }

    assert read(pack(found), "a.docx").kind == "docx"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_office"),
        (b"{\\rtf1 hello}", "rtf"),
        (b"MZ\x90\0" + bytes(99), "program"),
        (b"\x7fELF" + bytes(99), "program"),
        (b"Rar!\x1a\x07", "zip"),
        (pack({"a.txt": "x"}), "zip"),
        (pack({}), "zip"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"\xef\xbb\xbf <!DOCTYPE html><script>alert(1)</script>", "page"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "page"),
        (b"just words", "unknown"),
        (b" " + pdf_bytes(), "unknown"),
        (pack({"OFD.xml": "<a/>"}), "ofd"),
        (pack({"mimetype": "application/vnd.oasis.opendocument.text"}), "open_document"),
        (pdf_bytes(head=b"%PDF-9.9\n"), "damaged"),
        (pdf_bytes()[:-20], "truncated"),
        (b"%PDF-1.7", "damaged"),
        (pdf_bytes(tail=bytes(3000)), "truncated"),
        (pdf_bytes() + pack({"a": "b"}), "payload"),
        (pdf_bytes(catalog=b"/Encrypt 5 0 R"), "encrypted"),
        (pdf_bytes(catalog=b"/Names <</JavaScript 5 0 R>>"), "script"),
        (pdf_bytes(catalog=b"/AA <</O <</JS (app.alert\\(1\\))>> >>"), "script"),
        (pdf_bytes(catalog=b"/AA <</O <</JS 7 0 R>> >>"), "script"),
        (pdf_bytes(catalog=b"/A <</S /J#61v#61Script>>"), "script"),
        (pdf_bytes(catalog=b"/OpenAction <</S /Launch /F (cmd.exe)>>"), "script"),
        (pdf_bytes(catalog=b"/OpenAction <</S /URI /URI (https://evil.example)>>"), "script"),
        (pdf_bytes(catalog=b"/OpenAction 7 0 R", objects=b"7 0 obj\n<</S /URI /URI (x)>>\nendobj\n"), "script"),
        (pdf_bytes(catalog=b"/Names <</EmbeddedFiles 5 0 R>>"), "embedded"),
        (pdf_bytes(objects=b"7 0 obj\n<</Type /EmbeddedFile>>\nendobj\n"), "embedded"),
        (pdf_bytes(objects=object_stream(b"<</S /JavaScript /JS (x)>>")), "script"),
        (pdf_bytes(objects=object_stream(b"<</S /J#61vaScript>>").replace(b"ObjStm", b"Obj#53tm")), "script"),
        (pdf_bytes(objects=object_stream(b"<</S /JavaScript>>").replace(b"stream\n", b"stream\r", 1)), "script"),
        (pdf_bytes(objects=object_stream(b"x").replace(b"x\x9c", b"zz")), "unreadable"),
        (pdf_bytes(objects=object_stream(bytes(65 * 1024 * 1024))), "too_complex"),
    ],
)
def test_what_is_not_a_plain_pdf_is_refused(content, expected):
    assert code(content) == expected


@pytest.mark.parametrize("mark", ["vbaProject.bin", "activeX/activeX1.xml", "embeddings/oleObject1.bin", "embeddings/book.xlsx"])
def test_parts_that_run_or_carry_something_are_refused(mark):
    assert docx(parts("docx") | {f"word/{mark}": b"x"}) == ("macro" if mark == "vbaProject.bin" else "embedded")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({TYPES: parts("docx")[TYPES].replace("document.main", "document.macroEnabled.main")}, "macro"),
        ({TYPES: parts("docx")[TYPES].replace("document.main", "template.main")}, "template"),
        ({TYPES: parts("docx")[TYPES].replace("wordprocessingml.document", "presentationml.presentation")}, "slides"),
        ({TYPES: parts("docx", types='<Override PartName="/a" ContentType="application/vnd.ms-excel.intlmacrosheet+xml"/>')[TYPES]},
         "macro"),
        ({TYPES: parts("docx", types='<Override PartName="/b" ContentType="x.externalLink+xml"/>')[TYPES]}, "external"),
        ({"xl/connections.xml": "<a/>"}, "external"),
        ({RELS: relations()}, "damaged"),
        ({RELS: relations(relation("officeDocument", "word/none.xml"))}, "damaged"),
        ({RELS: relations(*[relation("officeDocument", "word/document.xml")] * 2)}, "damaged"),
        ({"word/_rels/a.rels": relations(relation("attachedTemplate", "https://evil.example/a.dotm", "External"))}, "external"),
        ({"word/_rels/a.rels": relations(relation("image", "\\\\evil\\a.png", "external"))}, "external"),
        ({"word/_rels/a.rels": relations(relation("oleObject", "a.dat"))}, "embedded"),
        ({"word/_rels/a.rels": "<broken"}, "damaged"),
        ({"word/_rels/a.rels": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "damaged"),
        ({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "damaged"),
        ({"word/document.xml": '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'.encode("utf-16")}, "damaged"),
        ({"../evil.xml": "x"}, "damaged"),
        ({"/etc/passwd": "x"}, "damaged"),
        ({"word\\evil.xml": "x"}, "damaged"),
        ({"C:evil.xml": "x"}, "damaged"),
        ({"WORD/document.xml": "x"}, "damaged"),
        ({f"word/{number}.xml": "x" for number in range(2000)}, "too_complex"),
        ({"word/media/zeros.png": bytes(30 * 1024 * 1024)}, "too_complex"),
        ({RELS: " " * (4 * 1024 * 1024 + 1)}, "too_complex"),
    ],
)  # fmt: skip
def test_an_office_file_that_is_not_plain_is_refused(found, expected):
    assert docx(parts("docx") | found) == expected


def test_a_document_type_is_found_where_two_pieces_meet():
    found = parts("docx") | {"word/document.xml": " " * (256 * 1024 - 4) + "<!DOCTYPE a><a/>"}

    assert code(pack(found, zipfile.ZIP_STORED), "a.docx") == "damaged"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice_is_refused():
    assert docx([*parts("docx").items(), ("word/document.xml", "x")]) == "damaged"


def test_a_cut_or_changed_zip_is_refused():
    whole = office_bytes("docx", text="x" * 300)
    changed = pack(parts("docx", "x" * 300), zipfile.ZIP_STORED).replace(b"x" * 300, b"y" * 300, 1)

    assert code(whole[:-30], "a.docx") == "truncated"
    assert code(whole + b"MZ appended", "a.docx") == "payload"
    assert code(b"PK\x03\x04 before" + whole, "a.docx") == "payload"
    assert code(changed, "a.docx") == "damaged"
    assert code(b"PK\x03\x04", "a.docx") == "truncated"


def test_an_encrypted_zip_is_refused():
    whole = bytearray(office_bytes("docx"))
    entry = whole.index(b"PK\x01\x02")
    whole[entry + 8] |= 1

    assert code(bytes(whole), "a.docx") == "encrypted"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("申请表.pdf", office_bytes("docx"), "“申请表.pdf”：文件名是 .pdf，内容却是 docx；请确认选对了文件，把文件名改成以 .docx 结尾后再上传。"),
        ("表.docx", office_bytes("xlsx"), "“表.docx”：文件名是 .docx，内容却是 xlsx；请确认选对了文件，把文件名改成以 .xlsx 结尾后再上传。"),
        ("运行.exe", pdf_bytes(), "“运行.exe”：文件名是 .exe，内容却是 pdf；请确认选对了文件，把文件名改成以 .pdf 结尾后再上传。"),
        ("申请表", pdf_bytes(), "“申请表”：文件名没有扩展名，内容是 pdf；请确认选对了文件，把文件名改成以 .pdf 结尾后再上传。"),
    ],
)  # fmt: skip
def test_a_name_that_says_something_else_is_told(name, content, sentence):
    with pytest.raises(DocumentError) as caught:
        read(content, name)

    assert str(caught.value) == sentence


def test_too_large_a_file_is_refused_before_it_is_read():
    class Unread(io.BytesIO):
        size = FILE_BYTES + 1

        def read(self, *_arguments):
            raise AssertionError("read although too large")

    with pytest.raises(DocumentError, match="超过 20 MB"):
        read_document(Unread(), name="a.pdf")
    assert code(b"%PDF-1.7\n" + bytes(FILE_BYTES)) == "too_big"


@pytest.mark.parametrize(
    ("uploaded", "kept"),
    [
        ("C:\\文件\\申请表.pdf", "申请表.pdf"),
        ("../../申请\r\n表.pdf", "申请 表.pdf"),
        ("\u202efdp.申请\u2066表\0.pdf", "fdp.申请表.pdf"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_the_name_of_an_upload_is_cleaned(uploaded, kept):
    assert read(pdf_bytes(), uploaded).original == kept


@pytest.mark.parametrize(
    "objects",
    [
        NOISE,
        b"/ObjStm stream\n" * 1_000_000,
        (b"/ObjStm" + b" " * 200) * 90_000,
        b"/OpenAction 1 0 R\n" * 1_000_000,
        b"#41" * 6_000_000,
        b"/JS " + b" " * 19_000_000,
        object_stream(b"")[:-20] * 100_000,
    ],
    ids=["noise", "streams", "dictionaries", "actions", "escapes", "blanks", "empty"],
)
def test_the_largest_documents_are_judged_in_seconds(objects):
    start = time.process_time()
    with contextlib.suppress(DocumentError):
        read(pdf_bytes(objects=objects), "a.pdf")

    assert time.process_time() - start < 5


def test_every_cut_of_a_document_is_an_answer():
    for content, name in ((pdf_bytes(), "a.pdf"), (office_bytes(), "a.docx")):
        for length in range(len(content) - 6):
            assert code(content[:length], name)


def test_every_changed_byte_of_a_document_is_an_answer():
    whole = office_bytes()
    for at in range(len(whole)):
        changed = bytearray(whole)
        changed[at] ^= 0xFF
        try:
            read(bytes(changed), "a.docx")
        except DocumentError:
            continue
