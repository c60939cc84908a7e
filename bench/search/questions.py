"""What people type, in fourteen shapes, each with the documents that answer it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from random import Random

from opencc import OpenCC

from portal.search.segmenting import words_of
from portal.text.normal_form import normal_form
from portal.text.pinyin import readings

from .documents import SEED, Made
from .stock import QUESTIONS, SYNONYMS, TOPICS, TYPOS

EACH = 20


@dataclass(frozen=True, slots=True)
class Judged:
    shape: str
    text: str
    relevant: frozenset[int]


def judged(made: list[Made], each: int = EACH) -> list[Judged]:
    """`each` questions of every shape about documents taken by chance."""
    maker = _Maker(made, each)
    return [one for shape in SHAPES for one in shape(maker)]


class _Maker:
    def __init__(self, made: list[Made], each: int) -> None:
        self.made, self.each = made, each
        self.random = Random(SEED + 1)

    def some(self, accept: Callable[[Made], bool] = lambda _one: True) -> Iterable[Made]:
        kept = [one for one in self.made if accept(one)]
        return self.random.sample(kept, min(self.each, len(kept)))

    def about(self, region: str, topic: str) -> frozenset[int]:
        return _ids(one for one in self.made if one.region == region and one.topic == topic)

    def saying(self, title: str) -> frozenset[int]:
        return _ids(one for one in self.made if title in normal_form(one.document.title))


def _ids(made: Iterable[Made]) -> frozenset[int]:
    return frozenset(one.document.object_id for one in made)


def _short(region: str) -> str:
    return region[:-1] if len(region) > 2 and region[-1] in "区县" else region


def region_and_topic(maker: _Maker) -> Iterator[Judged]:
    for one in maker.some():
        yield Judged("region+topic", f"{_short(one.region)}{one.topic}", maker.about(one.region, one.topic))


def shortened_title(maker: _Maker) -> Iterator[Judged]:
    for one in maker.some():
        plain = re.sub(r"关于印发《|》的通知|暂行|（.*?）", "", one.document.title)
        same = _ids(two for two in maker.made if re.sub(r"关于印发《|》的通知|暂行|（.*?）", "", two.document.title) == plain)
        yield Judged("shortened title", plain, same)


def two_characters(maker: _Maker) -> Iterator[Judged]:
    for word in ["职称", "公寓", "补贴", "贷款", "体检", "博士", "院士", "入学", "技师", "配偶", "基金", "师范", "档案", "旅游"]:
        yield Judged("two characters", word, maker.saying(word))


def document_number(maker: _Maker) -> Iterator[Judged]:
    forms = ("{0}〔{1}〕{2}号", "{0}[{1}]{2}号", "{0}（{1}）{2}号", "{0}【{1}】第{2}号", "{0}{1} {2}号", "{0}{1}-{2}")
    for number, one in enumerate(maker.some(lambda one: one.number is not None)):
        yield Judged("document number", forms[number % 6].format(*one.number or ()), _ids([one]))


def synonym(maker: _Maker) -> Iterator[Judged]:
    for one in maker.some(lambda one: one.topic in SYNONYMS):
        other = maker.random.choice(SYNONYMS[one.topic])
        yield Judged("synonym", f"{_short(one.region)}{other}", maker.about(one.region, one.topic))


def full_width(maker: _Maker) -> Iterator[Judged]:
    for one in maker.some(lambda one: "十条" in one.document.title or "修订" in one.document.title):
        title = re.sub(r"关于印发《|》的通知", "", one.document.title)
        typed = title.replace("十条", "10条").translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
        yield Judged("digits and full width", typed, _ids([one]))


def pinyin(maker: _Maker) -> Iterator[Judged]:
    for number, one in enumerate(maker.some()):
        typed = readings([f"{one.region}{one.topic}" if number % 2 else one.topic])[number % 4 // 2 - 1]
        about = maker.about(one.region, one.topic) if number % 2 else maker.saying(one.topic)
        yield Judged("pinyin", typed, about)


def english(maker: _Maker) -> Iterator[Judged]:
    for one in maker.some():
        yield Judged("English", TOPICS[one.topic], _ids(two for two in maker.made if two.topic == one.topic))


def typo(maker: _Maker) -> Iterator[Judged]:
    for number, one in enumerate(maker.some(lambda one: one.topic in TYPOS)):
        region = _short(one.region) if number % 2 else ""
        about = maker.about(one.region, one.topic) if region else maker.saying(one.topic)
        yield Judged("typo", f"{region}{TYPOS[one.topic]}", about)


def traditional(maker: _Maker) -> Iterator[Judged]:
    convert = OpenCC("s2t").convert
    for one in maker.some():
        yield Judged("traditional", convert(f"{one.region}{one.topic}"), maker.about(one.region, one.topic))


def citizens_question(maker: _Maker) -> Iterator[Judged]:
    for one in maker.some(lambda one: one.topic in QUESTIONS):
        text = maker.random.choice(QUESTIONS[one.topic]).format(r=_short(one.region))
        yield Judged("citizen's question", text, maker.about(one.region, one.topic))


def spoken(maker: _Maker) -> Iterator[Judged]:
    forms = ("我想问一下{r}的{t}怎么申请", "{r}有没有{t}这方面的政策", "请问{t}在{r}怎么办理啊", "{r}{t}需要什么条件呢")
    for one in maker.some():
        text = maker.random.choice(forms).format(r=_short(one.region), t=one.topic)
        yield Judged("spoken", text, maker.about(one.region, one.topic))


def body_phrase(maker: _Maker) -> Iterator[Judged]:
    for one in maker.some():
        body = one.document.body
        start = next((at for at in (body.find("咨询电话"), body.find("项目编号")) if at >= 0), 0)
        phrase = body[start : start + 16]
        yield Judged("body phrase", phrase, _ids(two for two in maker.made if phrase in two.document.body))


def quoted(maker: _Maker) -> Iterator[Judged]:
    for one in maker.some():
        title = re.sub(r"关于印发《|》的通知", "", one.document.title)
        yield Judged("quoted title", f"《{title}》", _ids([one]))


SHAPES = (
    region_and_topic, shortened_title, two_characters, document_number, synonym, full_width, pinyin, english, typo, traditional,
    citizens_question, spoken, body_phrase, quoted,
)  # fmt: skip


def title_words(made: list[Made]) -> list[str]:
    """Beginnings people type, for suggestions."""
    random = Random(SEED + 2)
    return ["".join(words_of(normal_form(one.topic)))[: random.randint(1, 4)] for one in random.sample(made, 100)]
