"""Markdown to safe HTML: CommonMark and tables, no raw HTML, no pictures, no h1 or h2."""

import re

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

from portal.text.folding import clean_text

MAX_MARKDOWN_LENGTH = 200_000

_SCHEMES = {"http", "https", "mailto", "tel"}
_BLOCKS = {"blockquote", "br", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "ul"}
_TABLE = {"table", "thead", "tbody", "tr", "th", "td"}
_INLINE = {"a", "code", "em", "strong"}
_ALIGNMENTS = {"align-left", "align-center", "align-right"}
_BETWEEN_HAN = re.compile(r"(?<=[^\x00-\xff])\n(?=[^\x00-\xff])")
# Reference definitions are off: one long address used 30,000 times would be gigabytes of HTML.
_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table").disable("reference")


def render_markdown(text: str) -> SafeString:
    """Render at most 200,000 characters; the page owns h1 and h2, so headings begin at h3.

    A picture leaves only its alternative text, because pictures come as photos with a credit; and
    a link with another scheme than http, https, mailto and tel leads nowhere. `TextError` codes as `clean_text`.
    """
    tokens = _parse(text)
    for token in tokens:
        _adapt(token)
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return SafeString(sanitise(html))


def sanitise(html: str) -> str:
    """Keep the tags, attributes and link schemes that `render_markdown` may produce."""
    return nh3.clean(
        html,
        tags=_BLOCKS | _TABLE | _INLINE,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        allowed_classes={"td": _ALIGNMENTS, "th": _ALIGNMENTS},
        url_schemes=_SCHEMES,
        # No nofollow: three reviewers have read the text, and sources deserve their credit.
        link_rel="noopener",
    )


def plain_text(text: str) -> str:
    """Give the words without marks on one line, for descriptions; limits as `render_markdown`."""
    blocks = []
    for token in _parse(text):
        if token.type == "inline":
            blocks.append("".join(_words(child) for child in token.children or ()))
        elif token.type in {"fence", "code_block"}:
            blocks.append(token.content)
    return " ".join(" ".join(_BETWEEN_HAN.sub("", block) for block in blocks).split())


def link_addresses(text: str) -> list[str]:
    """The addresses a text links to, in its order, as the rendered page has them; limits as `render_markdown`."""
    inline = (child for token in _parse(text) for child in token.children or ())
    return [str(child.attrGet("href")) for child in inline if child.type == "link_open"]


def _parse(text: str) -> list[Token]:
    tokens: list[Token] = _PARSER.parse(clean_text(text, MAX_MARKDOWN_LENGTH))
    return tokens


def _words(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return "\n"
    return _alternative(token) if token.type == "image" else token.content


def _alternative(image: Token) -> str:
    return "".join(_words(child) for child in image.children or ())


def _adapt(token: Token) -> None:
    if token.type in {"heading_open", "heading_close"}:
        token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"
    if style := token.attrs.pop("style", None):  # inline style would break the page's CSP
        token.attrSet("class", f"align-{str(style).rpartition(':')[2]}")
    for child in token.children or ():
        if child.type == "image":
            child.content, child.type = _alternative(child), "text"
