"""Files that are not pictures, or not only pictures, are refused with a sentence that helps."""

import io
import time
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image

from portal.media.errors import SENTENCES, PictureError
from portal.media.intake import read_picture
from portal.media.limits import FILE_BYTES
from portal.media.picture import Picture

from .canvas import (
    PNG_SIGNATURE,
    black_png,
    drawing,
    encoded,
    jpeg_claiming,
    jpeg_segment,
    photo,
    png_chunk,
    png_claiming,
    webp_claiming,
)

JPEG = encoded(photo(96, 64))
PNG = encoded(photo(96, 64), "PNG")
WEBP = encoded(photo(96, 64), "WEBP")
FRAMES = [photo(64, 64), photo(64, 64).rotate(90)]


def refusal(content, name=""):
    started = time.monotonic()
    with pytest.raises(PictureError) as caught:
        read_picture(io.BytesIO(content), name=name)
    assert time.monotonic() - started < 2
    return caught.value.code


OTHER_KINDS = {
    "empty": b"",
    "heic": b"\x00\x00\x00\x1cftypheic\x00\x00\x00\x00mif1heicmiaf",
    "avif": encoded(photo(64, 64), "AVIF"),
    "gif": encoded(photo(64, 64), "GIF"),
    "tiff": encoded(photo(64, 64), "TIFF"),
    "bmp": encoded(photo(64, 64), "BMP"),
    "jp2": encoded(photo(64, 64), "JPEG2000"),
    "jxl": b"\xff\x0a" + bytes(64),
    "psd": b"8BPS\x00\x01" + bytes(64),
    "svg": b'\xef\xbb\xbf<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
    "html": b"<!DOCTYPE html><title>x</title><script>alert(1)</script>",
    "xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "zip": b"PK\x03\x04" + bytes(64),
    "video": b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom",
    "unknown": bytes(4096),
}


@pytest.mark.parametrize(("code", "content"), OTHER_KINDS.items(), ids=OTHER_KINDS)
def test_other_kind_is_named(code, content):
    assert refusal(content) == code


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("svg", "\ufeff<svg onload='x'>".encode("utf-16-le")),
        ("avif", b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1avifmiaf"),
        ("unknown", b"\xff"),
        ("damaged", b"\xff\xd8\xff\xd9"),
        ("truncated", b"\xff\xd8\xff"),
        ("truncated", PNG_SIGNATURE),
        ("damaged", b"RIFF\x04\x00\x00\x00WEBP"),
        ("truncated", b"RIFF\xff\xff\xff\xffWEBPVP8 "),
    ],
)
def test_unusual_beginning_is_refused(code, content):
    assert refusal(content) == code


def test_sentence_tells_the_editor_what_to_do():
    with pytest.raises(PictureError) as caught:
        read_picture(io.BytesIO(OTHER_KINDS["heic"]), name="C:\\photos\\全景\n.heic")

    assert str(caught.value) == (
        "“全景.heic”：这是 HEIC 照片，请在手机“设置→相机→格式”中选“兼容性最佳”，或另存为 JPEG 后再上传。"
    )


def test_every_sentence_is_chinese_and_ends():
    assert [code for code, sentence in SENTENCES.items() if not sentence.endswith("。")] == []


@pytest.mark.parametrize("content", [JPEG, PNG, WEBP], ids=["jpeg", "png", "webp"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_truncated_file_is_refused(content, share):
    assert refusal(content[: int(len(content) * share)]) in {"truncated", "damaged"}


@pytest.mark.parametrize(
    "pixels",
    [
        b"",
        b"not packed at all",
        zlib.compress(bytes(range(193)) * 64)[:-90],
        zlib.compress(b"\x07" * 193 * 64),
    ],
    ids=["none", "not packed", "cut short", "unknown filter"],
)
def test_broken_pixels_in_a_whole_file_are_refused(pixels):
    assert refusal(png_claiming(64, 64, pixels=pixels)) == "damaged"


@pytest.mark.parametrize("picture_format", ["PNG", "WEBP"])
def test_animation_is_refused(picture_format):
    content = encoded(FRAMES[0], picture_format, save_all=True, append_images=FRAMES[1:])

    assert refusal(content) == "animated"


def test_too_many_bytes_are_refused_before_reading():
    class Declared(io.BytesIO):
        size = FILE_BYTES + 1

        def read(self, size=-1):
            raise AssertionError("read in spite of its declared size")

    with pytest.raises(PictureError) as caught:
        read_picture(Declared())

    assert caught.value.code == "too_big"


def test_too_many_bytes_are_refused_when_none_are_declared():
    assert refusal(bytes(FILE_BYTES + 1)) == "too_big"


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("too_many_pixels", png_claiming(12000, 12000)),
        ("too_many_pixels", png_claiming(2**31 - 1, 2**31 - 1)),
        ("too_many_pixels", png_claiming(2**32 - 1, 2**32 - 1)),
        ("too_many_pixels", jpeg_claiming(60000, 60000)),
        ("too_many_pixels", webp_claiming(16383, 16383)),
        ("too_many_pixels", webp_claiming(5000, 5000)),
        ("too_small", png_claiming(20001, 1)),
        ("too_small", png_claiming(0, 0)),
        ("too_small", jpeg_claiming(0, 64)),
        ("too_long", png_claiming(20001, 16)),
        ("too_long", png_claiming(16, 321)),
        ("damaged", webp_claiming(200, 200)),
    ],
)
def test_claimed_size_is_checked_from_the_header(code, content):
    assert refusal(content) == code


def test_progressive_jpeg_that_would_fill_memory_is_refused():
    content = encoded(photo(64, 64), progressive=True)
    at = content.index(b"\xff\xc2") + 5

    assert refusal(content[:at] + (9000).to_bytes(2, "big") * 2 + content[at + 4 :]) == "too_many_pixels"


def test_scan_bomb_is_refused():
    content = encoded(photo(64, 64), progressive=True)
    last = content.rindex(b"\xff\xda")

    assert refusal(content[:last] + content[last:-2] * 200 + b"\xff\xd9") == "damaged"


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xd8" + b"\xff\xe1\x00\x02" * 6_000_000 + b"\xff\xd9",
        b"\xff\xd8" + b"\xff" * 24_000_000,
        b"\xff\xd8\xff\xfe" + b"\xff\x00" * 12_000_000,
        PNG_SIGNATURE + png_chunk(b"IDAT") * 2_000_000,
        PNG_SIGNATURE + png_chunk(b"IHDR", bytes(13)) + png_chunk(b"tEXt") * 2_000_000,
        b"RIFF" + (24_000_004).to_bytes(4, "little") + b"WEBP" + b"JUNK\0\0\0\0" * 3_000_000,
    ],
    ids=["jpeg segments", "jpeg fill bytes", "jpeg stuffing", "png first chunk", "png chunks", "webp chunks"],
)
def test_endless_structure_is_refused_in_time(content):
    assert refusal(content) in {"damaged", "truncated"}


def test_packed_text_is_never_unpacked():
    bomb = zlib.compress(bytes(50_000_000), 1)
    texts = (png_chunk(b"zTXt", b"a\0\0" + bomb), png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + bomb))
    started = time.monotonic()

    picture = read_picture(io.BytesIO(black_png(64, 64, *texts * 3)))

    assert (picture.width, picture.height) == (64, 64)
    assert time.monotonic() - started < 2


def test_packed_colour_profile_bomb_is_refused():
    bomb = b"p\0\0" + zlib.compress(bytes(50_000_000), 1)

    assert refusal(black_png(64, 64, png_chunk(b"iCCP", bomb))) == "damaged"


def archive():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as opened:
        opened.writestr("a.txt", "text")
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        JPEG + b"<!DOCTYPE html><html><script>alert(1)</script></html>",
        JPEG + b"\n" * 70_000 + b"<ScRiPt>alert(1)</script>",
        JPEG[:2] + jpeg_segment(0xFE, b"--><html><body onload=alert(1)>") + JPEG[2:],
        PNG + archive(),
        PNG + b"%PDF-1.4 1 0 obj",
        PNG + b"<?php system($_GET[0]); ?>",
        WEBP + b"<svg onload=alert(1)>",
    ],
)
def test_polyglot_is_refused(content):
    assert refusal(content) == "payload"


@pytest.mark.parametrize("content", [JPEG, PNG, WEBP], ids=["jpeg", "png", "webp"])
def test_ordinary_appendix_is_accepted_and_dropped(content):
    appendix = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 100

    with_appendix, without = (read_picture(io.BytesIO(data)) for data in (content + appendix, content))

    assert with_appendix == without


def test_multi_picture_jpeg_gives_its_first_picture():
    content = encoded(FRAMES[0], "MPO", save_all=True, append_images=FRAMES[1:])

    assert read_picture(io.BytesIO(content)).renditions == read_picture(io.BytesIO(encoded(FRAMES[0]))).renditions


def outcome(content):
    try:
        return read_picture(io.BytesIO(content))
    except PictureError as error:
        return error


@given(
    st.sampled_from([b"", b"\xff\xd8\xff", PNG_SIGNATURE, b"RIFF\x40\0\0\0WEBPVP8 ", b"RIFF\x40\0\0\0WEBPVP8X"]),
    st.binary(max_size=300),
)
@hypothesis_settings(max_examples=300, deadline=2000)
def test_random_bytes_give_a_picture_or_a_refusal(beginning, rest):
    assert isinstance(outcome(beginning + rest), Picture | PictureError)


SOUND = [
    JPEG,
    PNG,
    WEBP,
    encoded(photo(40, 40), progressive=True, exif=Image.Exif()),
    encoded(drawing(40, 40).convert("P"), "PNG"),
    encoded(photo(40, 40, "CMYK")),
    encoded(photo(40, 40), "WEBP", lossless=True, exif=b"Exif\0\0II*\0\x08\0\0\0"),
]


@given(st.sampled_from(SOUND), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 6)), max_size=6))
@hypothesis_settings(max_examples=200, deadline=2000)
def test_mutated_picture_gives_a_picture_or_a_refusal(content, changes):
    for place, inserted, removed in changes:
        at = int(place * len(content))
        content = content[:at] + inserted + content[at + removed :]

    assert isinstance(outcome(content), Picture | PictureError)
