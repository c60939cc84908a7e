"""What comes out is upright, sRGB, opaque, and carries nothing but pixels."""

import io
import json
import os
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import ExifTags, Image, ImageChops, ImageCms, ImageStat

from portal.media.intake import read_picture
from portal.media.picture import Picture

from .canvas import decoded, drawing, encoded, jpeg_segment, oriented, photo, png_chunk, png_text, xmp

CANARY = "CANARY-29.0280N-106.6510E"


def read(content):
    return read_picture(io.BytesIO(content))


def outputs(picture):
    return [picture.original, *(rendition.content for rendition in picture.renditions)]


def difference(one, other):
    """The mean difference of two pictures, in steps of 255."""
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


def tagged_exif():
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = CANARY
    exif[ExifTags.Base.Artist] = CANARY
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (29.0, 1.0, 40.8), 3: "E", 4: (106.0, 39.0, 3.6), 29: CANARY})
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = CANARY.encode()
    return exif


def profile(words):
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return made.replace(b"s\0R\0G\0B\0", words.encode("utf-16-le")[:8])


IPTC = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00" + len(CANARY).to_bytes(2, "big") + CANARY.encode()


def tagged_jpeg():
    content = encoded(photo(), exif=tagged_exif(), xmp=xmp(CANARY), comment=CANARY, icc_profile=profile(CANARY) + CANARY.encode())
    thumbnail = jpeg_segment(0xE0, b"JFXX\0\x10" + encoded(photo(32, 32), comment=CANARY))
    return content[:2] + thumbnail + jpeg_segment(0xED, IPTC) + content[2:] + CANARY.encode()


def tagged_png():
    content = encoded(
        photo(),
        "PNG",
        exif=tagged_exif(),
        pnginfo=png_text(Author=CANARY, Comment=CANARY, **{"XML:com.adobe.xmp": xmp(CANARY).decode()}),
        icc_profile=profile(CANARY) + CANARY.encode(),
    )
    return content[:-12] + png_chunk(b"tIME", bytes(7)) + png_chunk(b"caNy", CANARY.encode()) + content[-12:] + CANARY.encode()


def tagged_webp():
    return encoded(photo(), "WEBP", exif=tagged_exif(), xmp=xmp(CANARY), icc_profile=profile(CANARY)) + CANARY.encode()


@pytest.mark.parametrize("tagged", [tagged_jpeg, tagged_png, tagged_webp])
def test_no_metadata_survives(tagged):
    content = tagged()
    assert CANARY.encode() in content

    made = outputs(read(content))

    words = {CANARY.encode(), CANARY.encode("utf-16-le"), b"Exif", b"http://ns.adobe", b"Photoshop", b"ICC_PROFILE"}
    assert [word for word in words for output in made if word in output] == []
    pictures = [decoded(output) for output in made]
    assert [dict(picture.getexif()) for picture in pictures] == [{}] * len(made)
    assert {key for picture in pictures for key in picture.info} <= {
        *("jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"),
        *("loop", "background", "timestamp", "duration"),
    }


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("picture_format", ["JPEG", "PNG", "WEBP"])
def test_every_orientation_gives_the_same_upright_pixels(orientation, picture_format):
    upright = photo(96, 64)
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    as_taken = upright if orientation == 1 else upright.transpose(Image.Transpose(undo[orientation]))
    options = {"quality": 95, "subsampling": 0} if picture_format == "JPEG" else {"lossless": True}

    picture = read(encoded(as_taken, picture_format, exif=oriented(orientation), **options))

    assert (picture.width, picture.height) == (96, 64)
    assert difference(decoded(picture.original), upright) < 2


def test_orientation_is_read_from_xmp_too():
    tag = xmp("").replace(b"<dc:creator></dc:creator>", b"<tiff:Orientation>6</tiff:Orientation>").decode()

    picture = read(encoded(photo(96, 64), "PNG", pnginfo=png_text(**{"XML:com.adobe.xmp": tag})))

    assert (picture.width, picture.height) == (64, 96)


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_impossible_orientation_is_ignored(orientation):
    picture = read(encoded(photo(96, 64), exif=oriented(orientation)))

    assert (picture.width, picture.height) == (96, 64)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_broken_exif_is_ignored():
    picture = read(encoded(photo(96, 64), exif=b"Exif\0\0II*\0\xff\xff\xff\xff" + bytes(20)))

    assert (picture.width, picture.height) == (96, 64)


@pytest.mark.parametrize(
    "content",
    [
        encoded(photo(mode="CMYK"), quality=95),
        encoded(photo(), "PNG"),
        encoded(photo().convert("RGBA"), "PNG"),
        encoded(photo(), "WEBP", lossless=True),
        encoded(photo().convert("RGBA"), "WEBP", lossless=True),
        encoded(photo(), quality=95, icc_profile=profile("sRGB")),
        encoded(photo(), quality=95, icc_profile=b"not a profile"),
        encoded(photo(), quality=95, progressive=True),
    ],
)
def test_every_colour_form_looks_the_same(content):
    assert difference(decoded(read(content).original), photo()) < 2


def test_grey_stays_grey():
    grey = photo(mode="L")

    made = decoded(read(encoded(grey, quality=95)).original)

    assert difference(made, grey) < 2


def test_sixteen_bit_grey_is_scaled_not_clipped():
    deep = Image.new("I;16", (64, 64), 40_000)

    assert decoded(read(encoded(deep, "PNG")).original).getpixel((9, 9)) == (156, 156, 156)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparency_becomes_white_paper(mode):
    clear = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), (0, 0, 32, 64))

    made = decoded(read(encoded(clear.convert(mode), "PNG")).original)

    assert [made.getpixel(place) for place in ((8, 8), (56, 8))] == [(0, 0, 0), (255, 255, 255)]


def test_palette_transparency_by_index_becomes_white_paper():
    palette = drawing(64, 64).convert("P")

    made = decoded(read(encoded(palette, "PNG", transparency=palette.getpixel((20, 20)))).original)

    assert made.getpixel((20, 20)) == (255, 255, 255)


def test_embedded_profile_is_applied():
    swapped = profile("sRGB").replace(b"rXYZ", b"....").replace(b"bXYZ", b"rXYZ").replace(b"....", b"bXYZ")
    red = Image.new("RGB", (64, 64), (255, 0, 0))

    made = decoded(read(encoded(red, "PNG", icc_profile=swapped)).original)

    assert difference(made, Image.new("RGB", (64, 64), (0, 0, 255))) < 4


def test_profile_of_another_colour_space_is_ignored():
    unfit = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()

    assert read(encoded(photo(), icc_profile=unfit)) == read(encoded(photo()))


def test_master_of_a_drawing_is_lossless():
    picture = read(encoded(drawing(), "PNG"))

    assert picture.original_extension == "png"
    assert decoded(picture.original).tobytes() == drawing().tobytes()


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_master_of_a_photograph_is_jpeg(mode):
    noisy = Image.effect_noise((320, 200), 60).convert(mode)

    assert read(encoded(noisy, "PNG")).original_extension == "jpg"


def test_large_picture_is_shrunk_to_the_master_size_without_seams():
    large = photo(5000, 1000)

    picture = read(encoded(large, "PNG", compress_level=1))

    assert (picture.width, picture.height) == (4000, 800)
    assert difference(decoded(picture.original), large.resize((4000, 800), Image.Resampling.BICUBIC)) < 1


def test_same_bytes_give_the_same_picture():
    content = encoded(photo(), exif=tagged_exif())

    assert read(content) == read(content)
    assert read(content).sha256 == sha256(read(content).original).hexdigest()


def reference_images():
    folder = Path(os.environ.get("REFERENCE_DATA", "")) / "images"
    labels = folder / "labels.jsonl"
    if not os.environ.get("REFERENCE_DATA") or not labels.is_file():
        return []
    rows = map(json.loads, labels.read_text().splitlines())
    return [(folder / row["file"], row) for row in rows if not row["file"].endswith(".tif")]


@pytest.mark.reference
def test_real_photographs_lose_their_tags_and_keep_their_orientation():
    images = reference_images()
    if not images:
        pytest.skip("REFERENCE_DATA does not name a folder with images/labels.jsonl")

    for path, row in images:
        content = path.read_bytes()
        width, height = decoded(content).size
        if min(width, height) < 16:
            continue
        picture = read(content)
        assert isinstance(picture, Picture)
        turned = row["orientation"] in (5, 6, 7, 8)
        assert (picture.width, picture.height) == ((height, width) if turned else (width, height))
        for output in outputs(picture):
            assert dict(decoded(output).getexif()) == {}
            assert b"Exif" not in output
            assert (row["byline"] or "no byline").encode() not in output
