"""Registered in the order of the menu."""

# isort: off
from regions.admin.figure import FigureAdmin
from regions.admin.photo import PhotoAdmin

from regions.admin.organisation import OrganisationAdmin
from regions.admin.indicator import IndicatorAdmin
from regions.admin.topic import TopicAdmin
from regions.admin.source import SourceAdmin
from regions.admin.region import RegionAdmin
# isort: on

__all__ = ["FigureAdmin", "IndicatorAdmin", "OrganisationAdmin", "PhotoAdmin", "RegionAdmin", "SourceAdmin", "TopicAdmin"]
