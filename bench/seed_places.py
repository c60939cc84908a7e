"""Regions, topics, sources, organisations and indicators."""

from typing import Any

from portal.text.partial_date import Precision, partial_date
from regions.models import Indicator, Organisation, Region, RegionIdentity, RegionMembership, Source, Topic

from .lives import FIRST, Life
from .places import GROUP, MUNICIPALITY, PLACES, Place
from .rows import insert_rows
from .stock import Stock, in_chunks, insert
from .words import OFFICE, THEMES, THEMES_EN, english, paragraph

TOPICS = {
    "housing 住房": "apartments 人才公寓|rent 租房补贴|purchase 购房支持|stations 青年驿站",
    "money 资金": "awards 奖励|grants 项目资助|loans 贷款|interest 贴息",
    "family 家庭": "schooling 子女入学|medical 医疗健康|recuperation 疗休养|spouses 配偶就业",
    "growth 成长": "training 培训|titles 职称|studios 工作室|mentors 导师",
    "places 平台": "parks 园区|laboratories 实验室|matching 供需对接|events 活动",
}
MEASURED = "人才总量|引进人才|本科以上人才|高级职称人才|技能人才|人才公寓套数|发放补贴|知识价值贷款|科技企业|培训人次"
UNITS = ("人", "人", "人", "人", "人", "套", "元", "元", "家", "人次")
SINCE = Life(FIRST)
"""What everything else rests on is public from the first day."""


def seed_places(stock: Stock) -> None:
    top = _region(MUNICIPALITY, None, 0)
    insert(stock, [top], [SINCE])
    below = [_region(place, top, number) for number, place in enumerate(PLACES, 1)]
    group = _region(GROUP, top, 99)
    insert(stock, [*below, group], [SINCE] * (len(below) + 1))
    stock.regions = [top, *below]
    identities = [
        RegionIdentity(
            owner=region, code=f"5{number:05d}", full_name=region.name, valid_from=FIRST.date(), authority="区划代码表"
        )
        for number, region in enumerate(stock.regions, 100)
    ]
    insert_rows(stock.writer.child(row) for row in identities)
    members = [RegionMembership(member=region, group=group, kind="statistical") for region in below[-6:]]
    insert_rows(stock.writer.child(row) for row in members)


def seed_topics(stock: Stock) -> None:
    for position, (parent, children) in enumerate(TOPICS.items()):
        above = _topic(stock, parent, None, position * 10)
        insert(stock, [above], [SINCE])
        rows = [_topic(stock, child, above, position * 10 + n) for n, child in enumerate(children.split("|"), 1)]
        stock.topics += insert(stock, rows, [SINCE] * len(rows))


def seed_sources(stock: Stock, count: int) -> None:
    rows = [_source(stock, number) for number in range(count)]
    stock.sources = insert(stock, rows, [SINCE] * count)


def seed_organisations(stock: Stock, count: int) -> None:
    in_chunks(stock, stock.organisations, count, _organisation)


def seed_indicators(stock: Stock) -> None:
    names = [
        (f"{prefix}{name}", unit)
        for prefix in ("", "新增", "累计")
        for name, unit in zip(MEASURED.split("|"), UNITS, strict=True)
    ]
    stock.indicators = [_indicator(stock, number, name, unit) for number, (name, unit) in enumerate(names)]
    insert(stock, stock.indicators, [SINCE] * len(names))


def _region(place: Place, parent: Region | None, position: int) -> Region:
    words: dict[str, Any] = {"summary": f"{place.name}的人才政策与服务。", "position": position}
    return Region(**place._asdict(), parent=parent, **words)


def _topic(stock: Stock, words: str, parent: Topic | None, position: int) -> Topic:
    slug, name = words.split()
    return Topic(slug=slug, region=stock.regions[0], name=name, name_en=slug.title(), parent=parent, position=position)


def _source(stock: Stock, number: int) -> Source:
    source = Source(
        slug=f"source-{number}", region=stock.place(), kind=stock.rng.choice(Source.Kind.values), outlet="区融媒体中心"
    )
    source.title = f"{stock.rng.choice(THEMES)}报道之{number}"
    source.issued = partial_date(FIRST.date().replace(year=2016 + number % 10), Precision.YEAR)
    return source


def _organisation(stock: Stock, number: int) -> Organisation:
    region, kind = stock.place(), stock.rng.choice(Organisation.Kind.values)
    name = f"{region.short_name}{stock.rng.choice(OFFICE)}第{number}处"
    row = Organisation(
        slug=f"organisation-{number}", region=region, name=name, name_en=f"Office {number}, {region.name_en}", kind=kind
    )
    row.summary, row.summary_en = paragraph(stock.rng, 2), english(stock.rng, 1)
    row.source_id = stock.pick(stock.sources)
    return row


def _indicator(stock: Stock, number: int, name: str, unit: str) -> Indicator:
    return Indicator(
        slug=f"indicator-{number}", region=stock.regions[0], name=name, name_en=f"{THEMES_EN[number % 16]} {number}",
        definition=f"统计期内{name}的数量。", unit=unit, measure=("stock", "flow", "cumulative")[number // 10],
        topic_id=stock.topics[number % len(stock.topics)], position=number,
    )  # fmt: skip
