from time import process_time

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from portal.text.errors import TextError
from portal.text.markdown import (
    MAX_MARKDOWN_LENGTH,
    plain_text,
    render_markdown,
    sanitise,
)

from .hostile import quick

PIECES = (
    *(
        "# ",
        "## ",
        "> ",
        "- ",
        "3. ",
        "\n",
        "\n\n",
        "    ",
        "```\n",
        "---\n",
        "*",
        "**",
        "_",
        "`",
    ),
    *(
        "[",
        "](",
        ")",
        "![",
        "<",
        ">",
        "&",
        "&lt;",
        '"',
        "'",
        "\\",
        "|",
        "|-|\n",
        "|:-:|\n",
    ),
    *(
        "<script>",
        "<b onclick=x>",
        "<!--",
        "]]>",
        "javascript:",
        "data:",
        "//x.cn",
        "http://x.cn",
    ),
    *(
        "人才",
        "a",
        "1",
        " ",
        "{{figure:a-b}}",
        "[a](b)",
        "<tel:1>",
        "[x]: y\n",
        "</p>",
        "style=",
    ),
)
markdown = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("人才**公寓**", "<p>人才<strong>公寓</strong></p>\n"),
        ("# 一\n## 二\n###### 六", "<h3>一</h3>\n<h4>二</h4>\n<h6>六</h6>\n"),
        ("大标题\n===", "<h3>大标题</h3>\n"),
        ("[a](/p/?x=1&y=2)", '<p><a href="/p/?x=1&amp;y=2" rel="noopener">a</a></p>\n'),
        ("[a](#b)", '<p><a href="#b" rel="noopener">a</a></p>\n'),
        (
            '[a](HTTPS://x.cn "t")',
            '<p><a href="HTTPS://x.cn" title="t" rel="noopener">a</a></p>\n',
        ),
        ("<tel:023-1>", '<p><a href="tel:023-1" rel="noopener">tel:023-1</a></p>\n'),
        ("3. x", '<ol start="3">\n<li>x</li>\n</ol>\n'),
        ("a\\\nb", "<p>a<br>\nb</p>\n"),
        ("```py\nx<y\n```", "<pre><code>x&lt;y\n</code></pre>\n"),
        ("{{figure:talent_total-2021}}", "<p>{{figure:talent_total-2021}}</p>\n"),
        ("http://x.cn", "<p>http://x.cn</p>\n"),
        ("", ""),
    ],
)
def test_render_markdown(text, html):
    assert render_markdown(text) == html


def test_rendered_markdown_is_safe_for_templates():
    assert isinstance(render_markdown("a"), SafeString)


def test_a_table_keeps_its_alignment_without_inline_style():
    html = render_markdown("|年|数|\n|:-:|-:|\n|2021|1|")

    assert html.replace("\n", "") == (
        '<table><thead><tr><th class="align-center">年</th><th class="align-right">数</th></tr></thead>'
        '<tbody><tr><td class="align-center">2021</td><td class="align-right">1</td></tr></tbody></table>'
    )


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "javascript&#58;alert(1)",
        "&#x6A;avascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://x.cn",
    ],
)
@pytest.mark.parametrize("form", ["[a]({})", "<{}>", "![a]({})"])
def test_other_schemes_make_no_link(url, form):
    html = render_markdown(form.format(url))

    assert "href" not in html
    assert "src" not in html


def test_raw_html_is_shown_as_text():
    assert render_markdown('<img src=x onerror="x">') == ('<p>&lt;img src=x onerror="x"&gt;</p>\n')


def test_a_picture_leaves_its_alternative_text():
    assert render_markdown("![电商*大厦*](x.jpg)") == "<p>电商大厦</p>\n"


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ("<script>x</script>", ""),
        ('<p onclick="x" id="y" style="color:red">z</p>', "<p>z</p>"),
        ("<h1>x</h1><h2>y</h2>", "xy"),
        ("<img src=x><iframe src=y></iframe>", ""),
        ('<p class="align-left">x</p>', "<p>x</p>"),
        ('<a href="javascript:x">y</a>', '<a rel="noopener">y</a>'),
        ('<a href="ftp://x" target="_blank">y</a>', '<a rel="noopener">y</a>'),
        ("<svg><a xlink:href=x>y</a></svg>", ""),
        (
            '<table><tbody><tr><td class="card align-left">x</td></tr></tbody></table>',
            '<table><tbody><tr><td class="align-left">x</td></tr></tbody></table>',
        ),
    ],
)
def test_sanitise_is_a_second_wall(html, cleaned):
    assert sanitise(html) == cleaned


@given(text=markdown)
@quick
def test_sanitising_again_changes_nothing(text):
    html = render_markdown(text)

    assert sanitise(html) == html
    assert plain_text(text) == " ".join(plain_text(text).split())


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("# 一\n\n人才\n工作 **重** ![图*片*](x.png)", "一 人才工作 重 图片"),
        ("a\nb", "a b"),
        ("- x\n- [y](z)\n\n`c`\n\n```\nd\n```", "x y c d"),
        ("|a|b|\n|-|-|\n|1|2|", "a b 1 2"),
        ("1 < 2 & <b>", "1 < 2 & <b>"),
        ("", ""),
    ],
)
def test_plain_text_keeps_the_words(text, plain):
    assert plain_text(text) == plain


def test_a_reference_cannot_multiply_its_address():
    text = "[a]: /" + "x" * 1_000 + "\n\n" + "[a]" * 1_000

    assert len(render_markdown(text)) < 2 * len(text)


def test_text_above_the_limit_is_refused():
    with pytest.raises(TextError) as caught:
        render_markdown("字" * (MAX_MARKDOWN_LENGTH + 1))

    assert caught.value.code == "too_long"


# Each of these is quadratic or overflows the stack in one Markdown parser or another.
SHAPES = {
    "quotes": lambda n: ">" * n,
    "brackets": lambda n: "[" * n,
    "nested_brackets": lambda n: "[" * (n // 2) + "]" * (n // 2),
    "stars": lambda n: "*" * n,
    "open_emphasis": lambda n: "*a " * (n // 3),
    "mixed_emphasis": lambda n: "*a **b " * (n // 7),
    "deep_emphasis": lambda n: "**" * (n // 4) + "a" + "**" * (n // 4),
    "links": lambda n: "[a](" * (n // 4),
    "pictures": lambda n: "![" * (n // 2),
    "ticks": lambda n: "".join("`" * i + "a" for i in range(1, int((2 * n) ** 0.5))),
    "lists": lambda n: "- " * (n // 2),
    "references": lambda n: "[a\n" * (n // 3),
    "rows": lambda n: "|a|\n|-|\n" * (n // 8),
    "angles": lambda n: "<a:" * (n // 3),
    "entities": lambda n: "&#" * (n // 2),
}


def seconds(text):
    started = process_time()
    render_markdown(text)
    return process_time() - started


@pytest.mark.parametrize("shape", SHAPES)
def test_doubling_a_hostile_text_does_not_square_the_time(shape):
    small = min(seconds(SHAPES[shape](2_000)) for _ in range(2))
    large = min(seconds(SHAPES[shape](8_000)) for _ in range(2))

    # Four times the text: 4 when linear, 16 when quadratic. Below 20 ms the clock says nothing.
    assert large < max(10 * small, 0.02)
