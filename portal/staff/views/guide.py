"""The editors' guide inside the admin, where those who need it find it."""

import re
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.text.markdown import render_markdown

SECTION = re.compile(r"^## +(.+)$", re.MULTILINE)
SUBSECTION = re.compile(r"^##(?=# )", re.MULTILINE)


class Section(NamedTuple):
    anchor: str
    heading: str
    html: SafeString


def guide_view(request: HttpRequest) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": _("编辑手册"), "sections": guide_sections()}
    return TemplateResponse(request, "admin/staff/guide.html", context)


@cache
def guide_sections() -> list[Section]:
    """`docs/editors-guide.md` from its first section on; the page's title and headings stand above each text.

    `render_markdown` makes h3 of the first level, so subsections are lifted to it.
    """
    text = (settings.BASE_DIR / "docs" / "editors-guide.md").read_text(encoding="utf-8")
    before, *parts = SECTION.split(text)
    opening = before.partition("\n")[2]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    sections = [Section(f"part-{number}", heading, _html(body)) for number, (heading, body) in enumerate(pairs, 1)]
    return [Section("", "", _html(opening)), *sections]


def _html(text: str) -> SafeString:
    return render_markdown(SUBSECTION.sub("", text))
