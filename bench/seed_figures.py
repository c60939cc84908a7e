"""Figures over indicators, regions and dates; photos as rows without files."""

import hashlib
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType

from portal.text.partial_date import Precision, partial_date
from regions.models import Figure, Photo, PhotoUse, Region

from .rows import insert_rows
from .stock import Stock, in_chunks
from .words import WHERE, WHO


def seed_photos(stock: Stock, count: int) -> None:
    in_chunks(stock, stock.photos, count, _photo)
    use_photos(stock, Region, [region.pk for region in stock.regions])


def seed_figures(stock: Stock, count: int) -> None:
    in_chunks(stock, stock.figures, count, _figure)


def use_photos(stock: Stock, model: Any, entries: list[int]) -> None:
    kind = ContentType.objects.get_for_model(model)
    uses = [PhotoUse(entry_type=kind, entry_id=pk, photo_id=stock.pick(stock.photos)) for pk in entries]
    insert_rows(stock.writer.child(use) for use in uses)


def _photo(stock: Stock, number: int) -> Photo:
    region, rng = stock.place(), stock.rng
    where = rng.choice(WHERE)
    photo = Photo(slug=f"photo-{number}", region=region, width=1600, height=1067, credit="区融媒体中心供图")
    photo.sha256 = hashlib.sha256(str(number).encode()).hexdigest()
    photo.caption, photo.caption_en = f"{rng.choice(WHO)}在{region.short_name}{where}交流", f"A meeting in {region.name_en}"
    photo.alt, photo.alt_en = f"几个人站在{where}的展板前交谈，第{number}幅", f"People talking in front of a board, no. {number}"
    photo.taken_on = partial_date(date(rng.randrange(2016, 2026), rng.randrange(1, 13), 1), Precision.MONTH)
    photo.source_id = stock.pick(stock.sources)
    return photo


def _figure(stock: Stock, number: int) -> Figure:
    """Neighbouring numbers differ in indicator, then region, then month."""
    indicators, regions = stock.indicators, stock.regions
    indicator = indicators[number % len(indicators)]
    region = regions[number // len(indicators) % len(regions)]
    month = number // (len(indicators) * len(regions))
    value = stock.rng.randrange(20, 900_000)
    figure = Figure(slug=f"figure-{number}", region=region, indicator=indicator, value=Decimal(value), as_of_basis="stated")
    figure.as_published = f"{value}{indicator.unit}"
    figure.as_of = partial_date(date(2025 - month % 120 // 12, month % 12 + 1, 1), Precision.MONTH)
    figure.source_id = stock.pick(stock.sources)
    figure.is_key = month == 0 and number % len(indicators) < 3
    figure.kind = Figure.Kind.ACTUAL if number % 7 else Figure.Kind.TARGET
    return figure
