"""Asking single rules of an entry, by name."""

from typing import Any

from portal.publishing.gate import RULES, Whole, findings


def said(rule: str, entry: Any, **more: Any) -> list[str]:
    """The columns a rule of the gate wants mended."""
    return [finding.field for finding in findings(entry, **more) if finding.rule == rule]


def said_of(rule: str, whole: Whole) -> list[str]:
    """The same for rows that the database would refuse to store."""
    return [problem.field for problem in RULES[rule].ask(whole)]
