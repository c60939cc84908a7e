from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from portal.publishing.gate.finding import Problem
from portal.publishing.gate.whole import Whole

Asking = Callable[[Whole], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    models: tuple[type, ...]
    ask: Asking


RULES: dict[str, Rule] = {}
"""Every rule by its name, in the order of registration."""


def rule(*models: type) -> Callable[[Asking], Asking]:
    """Register a function as a rule for these types and their subclasses; mixins count."""

    def register(ask: Asking) -> Asking:
        name = ask.__name__
        if name in RULES:
            raise ValueError(f"two rules of the publish gate are called {name}")
        RULES[name] = Rule(name, models, ask)
        return ask

    return register


def rules_of(model: type) -> Iterator[Rule]:
    yield from (one for one in RULES.values() if issubclass(model, one.models))
