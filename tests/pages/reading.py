"""Reading a page as a test does: its words in order, and the language each of them is marked with."""

import re
from html.parser import HTMLParser

HAN = re.compile("[\u4e00-\u9fff]")
EMPTY = {"meta", "link", "img", "source", "input", "br", "hr"}


class Reader(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.open, self.words, self.unmarked = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        language = given.get("lang") or (self.open[-1][1] if self.open else "")
        if language == "en":
            self.unmarked += [f"{tag} {name}={value}" for name, value in attributes if value and HAN.search(value)]
        if tag not in EMPTY:
            self.open.append((tag, language))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        words = " ".join(data.split())
        if not words or not self.open:
            return
        self.words.append(words)
        if self.open[-1][1] == "en" and HAN.search(words):
            self.unmarked.append(words)


def text_of(response):
    """The words of the main part, joined without spaces, as a Chinese reader sees them."""
    html = response.content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    return "".join("".join(Reader(main).words).split())


def unmarked_chinese(response):
    return Reader(response.content.decode()).unmarked


def facts_of(response):
    """The first description list of the page as pairs of label and value."""
    html = response.content.decode()
    rows = re.findall(r"<div><dt>(.*?)</dt><dd.*?>(.*?)</dd></div>", html[html.index('<dl class="facts') :], re.DOTALL)
    return [
        (Reader(f"<p>{label}</p>").words[0], "".join("".join(Reader(f"<p>{value}</p>").words).split())) for label, value in rows
    ]
