"""Registered in the order of the menu."""

from regions.admin.figure import FigureAdmin
from regions.admin.photo import PhotoAdmin
from regions.admin.organisation import OrganisationAdmin  # isort: skip
from regions.admin.indicator import IndicatorAdmin  # isort: skip
from regions.admin.topic import TopicAdmin  # isort: skip
from regions.admin.source import SourceAdmin  # isort: skip
from regions.admin.region import RegionAdmin  # isort: skip

__all__ = ["FigureAdmin", "IndicatorAdmin", "OrganisationAdmin", "PhotoAdmin", "RegionAdmin", "SourceAdmin", "TopicAdmin"]
