from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2s
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """One question about a figure and those it is compared with.

    `key` names the question by the facts that raise it, so that other facts are another question. `note` is the public
    field of the figure that answers it, or "" where only correcting the figure does.
    """

    code: str
    key: str
    sentence: str
    figure: Any
    others: tuple[Any, ...]
    note: str

    @property
    def is_answered(self) -> bool:
        """Whether the note as it stands was saved as the answer to this question."""
        words = getattr(self.figure, self.note) if self.note else ""
        return bool(words) and self.figure.answered.get(self.key) == digest(words)

    @property
    def note_label(self) -> str:
        return str(self.figure._meta.get_field(self.note).verbose_name) if self.note else ""

    def concerns(self, figure: Any) -> bool:
        return any(figure.uuid == one.uuid for one in (self.figure, *self.others))


def digest(words: str) -> str:
    return blake2s(words.encode(), digest_size=8).hexdigest()


def key_of(code: str, facts: Iterable[Any]) -> str:
    return f"{code}:{digest('|'.join(str(fact) for fact in facts))}"


def answers(findings: Iterable[Finding], saved: Iterable[str]) -> dict[str, str]:
    """What one figure's notes answer once its `saved` notes are stored: these answer all there is to ask, the others what they did."""
    saved, found = set(saved), {}
    for finding in findings:
        words = getattr(finding.figure, finding.note) if finding.note else ""
        if words and (finding.note in saved or finding.is_answered):
            found[finding.key] = digest(words)
    return found
