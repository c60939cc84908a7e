"""What tells of the rest: stories that name figures, events, programmes."""

from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType

from policies.models import Programme
from portal.text.partial_date import Precision, partial_date
from regions.models import Event, Figure, FigureMention, Story
from regions.models.figure_mention import PLACEHOLDER

from .lives import FIRST, HIDDEN
from .rows import insert_rows
from .stock import Stock, in_chunks
from .words import THEMES, english, paragraph

FORMS = ("论坛", "研修班", "技能大赛", "对接会", "走访", "工作会议")
PLANS = ("培养计划", "支持计划", "评选", "工作室", "项目评选", "荣誉")
BODIES = 40


def seed_stories(stock: Stock, count: int) -> None:
    stock.told = _bodies(stock, count)
    in_chunks(stock, stock.stories, count, _story, _tell)


def seed_events(stock: Stock, count: int) -> None:
    in_chunks(stock, stock.events, count, _event, _event_lists)


def seed_programmes(stock: Stock, count: int) -> None:
    in_chunks(stock, stock.programmes, count, _programme, _programme_lists)


def _bodies(stock: Stock, count: int) -> list[str]:
    """Few, because rendering one costs more than writing a row."""
    return [
        f"{paragraph(stock.rng, 4)}\n\n到目前为{{{{figure:{_named(stock)}}}}}。\n\n{paragraph(stock.rng, 6)}"
        for _ in range(min(BODIES, count))
    ]


def _named(stock: Stock) -> str:
    """A figure on show: a published text may name no other."""
    while True:
        number = stock.rng.randrange(len(stock.figures))
        if number % 100 not in HIDDEN:
            return f"figure-{number}"


def _story(stock: Stock, number: int) -> Story:
    rng, region = stock.rng, stock.place()
    story = Story(slug=f"story-{number}", region=region, source_id=stock.pick(stock.sources), author="本站根据报道整理")
    story.headline, story.headline_en = f"{region.short_name}{rng.choice(THEMES)}见闻", f"{region.name_en} report {number}"
    story.subhead, story.body = f"现有{{{{figure:{_named(stock)}}}}}。", rng.choice(stock.told)
    return story


def _tell(stock: Stock, stories: list[Story]) -> None:
    type_id = ContentType.objects.get_for_model(Story).pk
    figures = {slug: (pk, words) for slug, pk, words in Figure.objects.values_list("slug", "pk", "as_published")}
    insert_rows(
        FigureMention(entry_type_id=type_id, entry_id=story.pk, figure_id=figures[slug][0], slug=slug, words=figures[slug][1])
        for story in stories
        for slug in sorted({*PLACEHOLDER.findall(story.subhead), *PLACEHOLDER.findall(story.body)})
    )
    _link(Story.topics.through, "story", stories, "topic", stock.topics, stock)


def _event(stock: Stock, number: int) -> Event:
    rng, region = stock.rng, stock.place()
    event = Event(slug=f"event-{number}", region=region, source_id=stock.pick(stock.sources), summary=paragraph(rng, 1))
    kind = rng.randrange(len(FORMS))
    event.name, event.name_en = f"{rng.choice(THEMES)}{FORMS[kind]}", f"Event {number}"
    event.kind = Event.Kind.values[kind]
    day = date.fromordinal(FIRST.toordinal() + rng.randrange(3000))
    event.starts, event.place = partial_date(day, Precision.DAY), region.short_name
    return event


def _event_lists(stock: Stock, events: list[Event]) -> None:
    _link(Event.organisers.through, "event", events, "organisation", stock.organisations, stock)
    _link(Event.topics.through, "event", events, "topic", stock.topics, stock)


def _programme(stock: Stock, number: int) -> Programme:
    rng, region = stock.rng, stock.place()
    programme = Programme(slug=f"programme-{number}", region=region, applies_below=region.parent_id is None)
    kind = rng.randrange(len(PLANS))
    programme.name, programme.name_en = f"{region.short_name}{rng.choice(THEMES)}{PLANS[kind]}", f"Programme {number}"
    programme.kind, programme.summary, programme.summary_en = Programme.Kind.values[kind], paragraph(rng, 1), english(rng, 1)
    programme.issuer_id, programme.source_id = stock.pick(stock.organisations), stock.pick(stock.sources)
    return programme


def _programme_lists(stock: Stock, programmes: list[Programme]) -> None:
    for name, keys in (("topic", stock.topics), ("policy", stock.policies), ("figure", stock.figures), ("story", stock.stories)):
        through = {
            "topic": Programme.topics,
            "policy": Programme.policies,
            "figure": Programme.figures,
            "story": Programme.stories,
        }
        _link(through[name].through, "programme", programmes, name, keys, stock)


def _link(through: Any, own: str, rows: list[Any], other: str, keys: list[int], stock: Stock) -> None:
    if keys:
        insert_rows(through(**{f"{own}_id": row.pk, f"{other}_id": stock.pick(keys)}) for row in rows)
