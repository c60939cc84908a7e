"""Rules every template of the pages keeps."""

import gzip
import re

import pytest
from django.conf import settings

TEMPLATES = sorted(
    path
    for path in (settings.BASE_DIR / "templates").rglob("*.html")
    if not {"admin", "api"} & set(path.relative_to(settings.BASE_DIR / "templates").parts)
)
BY_NAME = pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")


@BY_NAME
def test_a_template_is_short_and_has_nothing_inline(path):
    text = path.read_text()

    assert text.count("\n") <= 120
    assert not re.search(r"\bstyle=|\bon\w+=\"|<style|<script(?! src)|\|safe\b|autoescape off|mark_safe", text)


@BY_NAME
def test_a_shared_part_says_what_it_needs(path):
    if path.name.startswith("_"):
        assert path.read_text().startswith("{# Context: ")


def test_the_stylesheet_keeps_its_layers_and_its_size():

    css = (settings.BASE_DIR / "static" / "portal.css").read_bytes()
    paper = (settings.BASE_DIR / "static" / "print.css").read_bytes()

    assert css.startswith(b"@layer tokens, base, layout, components, print;")
    assert b"@layer print {" in paper
    assert len(gzip.compress(css + paper)) < 20_000
    colours = css[css.index(b"@layer base {") :]
    assert not re.search(rb"#[0-9a-f]{3,8}\b|rgb\(|hsl\(", colours)
