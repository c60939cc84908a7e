"""Finding entries of all types: the page of results, and what is offered while somebody types."""

from portal.pages.search.page import SearchPage
from portal.pages.search.suggesting import SuggestView

__all__ = ["SearchPage", "SuggestView"]
