import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.media.intake import read_picture
from portal.media.renditions import parse_rendition_name, rendition_names, rendition_widths

from .canvas import decoded, encoded, photo

HASH = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("width", "widths"),
    [(16, (16,)), (319, (319,)), (320, (320,)), (639, (320,)), (1280, (320, 640, 1280)), (4000, (320, 640, 1280))],
)
def test_widths_never_enlarge(width, widths):
    assert rendition_widths(width) == widths


def test_names_follow_from_hash_and_width():
    assert rendition_names(HASH, 700) == (
        "0123456789abcdef01234567-320.webp",
        "0123456789abcdef01234567-320.jpg",
        "0123456789abcdef01234567-640.webp",
        "0123456789abcdef01234567-640.jpg",
    )


@given(st.integers(16, 4000))
def test_every_name_can_be_parsed(width):
    parsed = [parse_rendition_name(name) for name in rendition_names(HASH, width)]

    assert parsed == [(HASH[:24], at, extension) for at in rendition_widths(width) for extension in ("webp", "jpg")]


@pytest.mark.parametrize(
    "name",
    [
        "",
        "0123456789abcdef01234567-320.png",
        "0123456789abcdef01234567-320.svg",
        "0123456789abcdef01234567-320.webp\n",
        "0123456789abcdef01234567-0320.webp",
        "0123456789abcdef01234567-٣٢٠.webp",
        "0123456789ABCDEF01234567-320.webp",
        "0123456789abcdef0123456-320.webp",
        "../0123456789abcdef01234567-320.webp",
        "0123456789abcdef01234567-320.webp.html",
        "0123456789abcdef01234567-99999.jpg",
    ],
)
def test_other_names_are_not_parsed(name):
    assert parse_rendition_name(name) is None


def test_renditions_are_what_their_names_say():
    picture = read_picture(io.BytesIO(encoded(photo(1500, 900))))

    assert [rendition.name for rendition in picture.renditions] == list(rendition_names(picture.sha256, picture.width))
    for rendition in picture.renditions:
        shown = decoded(rendition.content)
        assert (shown.format.lower(), shown.size) == (rendition.format, (rendition.width, rendition.height))
    assert [(rendition.width, rendition.height) for rendition in picture.renditions[::2]] == [
        (320, 192),
        (640, 384),
        (1280, 768),
    ]


def test_small_picture_has_one_width_of_its_own():
    picture = read_picture(io.BytesIO(encoded(photo(200, 100))))

    assert [(rendition.width, rendition.height, rendition.format) for rendition in picture.renditions] == [
        (200, 100, "webp"),
        (200, 100, "jpeg"),
    ]
