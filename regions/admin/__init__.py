"""Registered in the order of the menu."""

# isort: off
from regions.admin.figure import FigureAdmin
from regions.admin.photo import PhotoAdmin
from regions.admin.story import StoryAdmin
from regions.admin.event import EventAdmin

from regions.admin.organisation import OrganisationAdmin
from regions.admin.source import SourceAdmin
from regions.admin.indicator import IndicatorAdmin
from regions.admin.topic import TopicAdmin
from regions.admin.region import RegionAdmin
# isort: on

__all__ = [
    "EventAdmin",
    "FigureAdmin",
    "IndicatorAdmin",
    "OrganisationAdmin",
    "PhotoAdmin",
    "RegionAdmin",
    "SourceAdmin",
    "StoryAdmin",
    "TopicAdmin",
]
