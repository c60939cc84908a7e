"""The English catalogue: complete, compiled, and with the same places for values as the Chinese."""

import re

import polib
from django.conf import settings

FOLDER = settings.BASE_DIR / "locale" / "en" / "LC_MESSAGES"
PLACE = re.compile(r"%\((\w+)\)[sd]")


def test_every_string_has_its_english():
    entries = polib.pofile(str(FOLDER / "django.po"))

    assert [entry.msgid for entry in entries if entry.obsolete or not entry.translated()] == []


def test_translations_keep_every_value():
    entries = polib.pofile(str(FOLDER / "django.po"))
    wrong = [
        entry.msgid
        for entry in entries
        for words in [entry.msgstr, *entry.msgstr_plural.values()]
        if words and set(PLACE.findall(words)) != set(PLACE.findall(entry.msgid))
    ]

    assert wrong == []


def test_the_compiled_catalogue_is_the_written_one():
    written = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in polib.pofile(str(FOLDER / "django.po")) if entry.msgstr}
    compiled = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in polib.mofile(str(FOLDER / "django.mo")) if entry.msgstr}

    assert compiled == written
