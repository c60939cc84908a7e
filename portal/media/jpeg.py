"""Read a JPEG's header and find its end without decoding it (ITU-T T.81, annex B)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Self

from portal.media.errors import PictureError
from portal.media.header import Header

# Inside a scan 0xFF is followed by 0x00 or a restart marker, so this finds the next real marker anywhere.
MARKER: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
START, END, SCAN, TEMPORARY, PROGRESSIVE = 0xD8, 0xD9, 0xDA, 0x01, 0xC2
FRAMES: Final = frozenset({0xC0, 0xC1, PROGRESSIVE})
RARE_FRAMES: Final = frozenset(range(0xC3, 0xD0)) - {0xC4, 0xC8, 0xCC}  # lossless, differential, arithmetic
COEFFICIENT_BYTES: Final = 2
MAX_SEGMENTS: Final = 10_000
MAX_SCANS: Final = 32  # encoders write about ten; each costs a pass over the whole picture


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame header: size in pixels and each component's horizontal and vertical sampling factor."""

    is_progressive: bool
    width: int
    height: int
    sampling: tuple[tuple[int, int], ...]

    @classmethod
    def read(cls, code: int, segment: bytes) -> Self:
        if code in RARE_FRAMES or segment[:1] != b"\x08":  # 8 bits a sample
            raise PictureError("unsupported")
        sampling = tuple((factors >> 4, factors & 15) for factors in segment[7::3])
        if not sampling or len(segment) != 6 + 3 * len(sampling) or not all(map(all, sampling)):
            raise PictureError("damaged")
        height, width = int.from_bytes(segment[1:3], "big"), int.from_bytes(segment[3:5], "big")
        return cls(code == PROGRESSIVE, width, height, sampling)

    def coefficient_bytes(self) -> int:
        """Return what a decoder that must see every scan before the first row holds, in bytes."""
        full = max(across for across, _ in self.sampling) * max(down for _, down in self.sampling)
        samples = sum(across * down for across, down in self.sampling)
        return self.width * self.height * samples * COEFFICIENT_BYTES // full


def jpeg_header(data: bytes) -> Header:
    """Return the header of a JPEG; raise PictureError when it is damaged, cut short or of a rare coding."""
    frames: list[Frame] = []
    scans: list[int] = []
    end = len(data)
    for code, segment, after in _segments(data):
        if code in FRAMES or code in RARE_FRAMES:
            frames.append(Frame.read(code, segment))
        elif code == SCAN:
            scans.append(segment[0] if segment else 0)
        end = after
    if len(frames) != 1 or not 0 < len(scans) <= MAX_SCANS:
        raise PictureError("damaged")
    frame = frames[0]
    is_buffered = frame.is_progressive or scans[0] < len(frame.sampling)
    held = frame.coefficient_bytes() if is_buffered else 0
    return Header("JPEG", frame.width, frame.height, data[:end], end, held)


def _segments(data: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Yield marker, payload and the offset after it, up to and with the end-of-image marker."""
    at = 2
    for _ in range(MAX_SEGMENTS):
        marker = MARKER.search(data, at)
        if marker is None:
            raise PictureError("truncated")
        code, at = data[marker.start() + 1], marker.end()
        if code == END:
            yield code, b"", at
            return
        if code in (START, TEMPORARY):
            continue
        length = int.from_bytes(data[at : at + 2], "big")
        if length < 2:
            raise PictureError("damaged")
        if at + length > len(data):
            raise PictureError("truncated")
        yield code, data[at + 2 : at + length], at + length
        at += length
    raise PictureError("damaged")
