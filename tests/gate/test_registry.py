"""The rules as a set: named once, asked of subclasses, tested, and written down."""

import re
from pathlib import Path

import pytest

from policies.models import Policy
from portal.publishing.gate import RULES, rule, rules_of
from portal.publishing.models import Publishable
from regions.models import Photo, TellsFigures, Topic

ROOT = Path(__file__).parents[2]
TABLE = re.compile(r"^\| rule \| asked of \| asks that \|\n\|---\|---\|---\|\n((?:\|.*\n)+)", re.MULTILINE)


def names_of(model):
    return {one.name for one in rules_of(model)}


def test_a_rule_of_a_base_is_asked_of_every_subclass():
    assert "named_figures_are_public" in names_of(Policy) - names_of(Photo)
    assert {"no_placeholder_is_left", "photo_has_words"} <= names_of(Photo)
    assert names_of(Topic) == {one.name for one in RULES.values() if one.models == (Publishable,)}
    assert RULES["named_figures_are_public"].models == (TellsFigures,)


def test_two_rules_may_not_share_a_name():
    def photo_has_words(whole):
        """Not registered."""

    with pytest.raises(ValueError, match="photo_has_words"):
        rule(Photo)(photo_has_words)
    assert RULES["photo_has_words"].ask is not photo_has_words


@pytest.mark.parametrize("name", RULES)
def test_every_rule_has_tests(name):
    asked = "".join(path.read_text() for path in Path(__file__).parent.glob("test_rules_of_*.py"))

    assert asked.count(f'"{name}"') >= 1


def test_the_table_of_rules_in_the_model_page_is_the_rules():
    rows = [
        f"| `{one.name}` | {', '.join(model.__name__ for model in one.models)} | {' '.join(one.ask.__doc__.split())} |"
        for one in sorted(RULES.values(), key=lambda one: one.name)
    ]
    written = TABLE.search((ROOT / "docs" / "model.md").read_text())

    assert written is not None
    assert written[1].splitlines() == rows
