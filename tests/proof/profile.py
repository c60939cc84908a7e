"""How much is tried: a little in every run, all of it with HYPOTHESIS_PROFILE=long."""

import os
from typing import Any

IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"


def many(usual: Any, long: Any) -> Any:
    return long if IS_LONG else usual
