"""Memory is bounded: measured in a process of its own, which may not grow past the limit."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from .canvas import black_png, encoded

ROOT = Path(__file__).resolve().parents[2]
MEASURE = """
import io, json, resource, sys, time
import django
django.setup()
from PIL import Image
from portal.media.errors import PictureError
from portal.media.intake import read_picture

def megabytes(field):
    for line in open("/proc/self/status"):
        if line.startswith(field):
            return int(line.split()[1]) / 1024

small = io.BytesIO()
Image.new("RGB", (640, 640)).save(small, "PNG")
read_picture(small)
str(PictureError("empty"))  # reads the catalogue of sentences
content = io.BytesIO(sys.stdin.buffer.read())
before, started = megabytes("VmHWM"), time.monotonic()
most = int(megabytes("VmSize") + float(sys.argv[1])) * 1024 * 1024
resource.setrlimit(resource.RLIMIT_AS, (most, most))
try:
    made = read_picture(content)
    result = [made.width, made.height]
except PictureError as error:
    result = error.code
print(json.dumps([result, megabytes("VmHWM") - before, time.monotonic() - started]))
"""


def measured(content, limit):
    """Return the outcome, the growth in MB and the seconds it took, where at most `limit` MB more may be mapped."""
    done = subprocess.run(  # noqa: S603 -- our own interpreter and script
        [sys.executable, "-c", MEASURE, str(limit)], input=content, capture_output=True, check=True, cwd=ROOT
    )
    return json.loads(done.stdout)


pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc/self/status")


def test_bomb_is_refused_without_allocating():
    bomb = encoded(Image.new("1", (12000, 12000)), "PNG")
    assert len(bomb) < 20_000

    outcome, growth, seconds = measured(bomb, limit=20)

    assert outcome == "too_many_pixels"
    assert growth < 5
    assert seconds < 0.5


def test_largest_png_stays_below_the_limit():
    outcome, growth, _ = measured(black_png(6320, 6320), limit=400)

    assert outcome == [4000, 4000]
    assert growth < 250


def test_large_photograph_is_shrunk_while_decoding():
    outcome, growth, _ = measured(encoded(Image.new("RGB", (9000, 6000))), limit=400)

    assert outcome == [4000, 2667]
    assert growth < 250
