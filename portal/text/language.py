"""The languages the printers of this room know."""

from typing import Literal

# Both Chinese codes print Simplified characters: Traditional pages are converted whole.
Lang = Literal["zh-hans", "zh-hant", "en"]
