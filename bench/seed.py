"""Fill an empty, migrated database: `seed(1000)` writes 1,000 policies, services, figures, photos, stories, events and programmes
with all around them.

The same numbers give the same rows, keys included, on any day.
"""

from random import Random

from django.db import transaction

from .lives import MOMENT
from .rows import finish_counting, start_counting
from .seed_figures import seed_figures, seed_photos
from .seed_places import seed_indicators, seed_organisations, seed_places, seed_sources, seed_topics
from .seed_policies import seed_bases, seed_policies
from .seed_services import seed_services
from .seed_telling import seed_events, seed_programmes, seed_stories
from .stock import Stock
from .writing import Writer, without_inserts


@transaction.atomic
def seed(n: int, rng_seed: int = 1) -> Stock:
    """`n` entries of each large kind; n/5 + 80 organisations, n/20 + 20 sources, 40 regions, 25 topics, 30 indicators."""
    rng = Random(rng_seed)
    start_counting()
    stock = Stock(rng, Writer(rng))
    with without_inserts(MOMENT):
        seed_places(stock)
        seed_topics(stock)
        seed_sources(stock, n // 20 + 20)
        seed_organisations(stock, n // 5 + 80)
        seed_indicators(stock)
        seed_photos(stock, n)
        seed_figures(stock, n)
        seed_services(stock, n)
        seed_policies(stock, n)
        seed_bases(stock)
        seed_stories(stock, n)
        seed_events(stock, n)
        seed_programmes(stock, n)
    stock.writer.insert_changes()
    finish_counting()
    return stock
