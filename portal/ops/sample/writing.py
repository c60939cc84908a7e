"""Write the steps of a plan through the ordinary write path."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from portal.media.storage import remove_on_commit, stored
from portal.ops.sample.plan import Plan, Step, Verdict
from portal.ops.sample.problem import Problem, SampleError, problems_of
from portal.ops.sample.record import PartRecord, Reference
from portal.publishing.changes import followed_together
from portal.publishing.lifecycle import StaleVersionError, finish_entry, save_entry
from portal.publishing.models import State
from regions.figure_audit.reading import let_notes_answer
from regions.models import Figure, Photo, PhotoUse
from regions.models.figure_mention import PLACEHOLDER


class Writer:
    """Rows first, then what refers to rows written later, then the lists; SampleError at the first entry refused."""

    def __init__(self, plan: Plan, *, by: Any, at: datetime) -> None:
        self.plan = plan
        self.by = by
        self.at = at

    def write(self) -> None:
        with followed_together():
            self._write_all()

    def _write_all(self) -> None:
        steps = self.plan.written()
        later = [step for step in steps if not self._write_row(step)]
        for step in later:
            self._write_row(step)
        for figure in let_notes_answer(step.row for step in steps if isinstance(step.row, Figure)):
            save_entry(figure, by=self.by, expected_version=figure.version, at=self.at)
        for step in steps:
            for name, links in step.record.many.items():
                getattr(step.row, name).set([self.plan.row(link) for link in links])
            self._write_parts(step)
            finish_entry(step.row, at=self.at)

    def _write_row(self, step: Step) -> bool:
        """Save the entry's own row; False when it refers to an entry that is not stored yet and has to be saved again."""
        row: Any = step.row
        is_whole = True
        row.state = State.PUBLISHED
        for name, value in step.record.values.items():
            target = self.plan.resolve(value)
            if isinstance(value, Reference) and target.pk is None:
                is_whole, target = False, None
            setattr(row, name, target)
        if any(self.plan.row(figure).pk is None for figure in step.record.told):
            is_whole = False
            self._leave_figures_out(step)
        old = (row.sha256, row.width) if isinstance(row, Photo) and row.pk else None
        with self._picture(step) as kept:
            if kept is not None:
                row.sha256, row.original, row.width, row.height = kept.sha256, kept.original, kept.width, kept.height
            self._save(step, row, "", lambda: self._save_entry(step))
        if old and old[0] and old[0] != row.sha256:
            sha256, width = old
            remove_on_commit(sha256, width, is_used=lambda: Photo._base_manager.filter(sha256=sha256).exists())
        return is_whole

    def _leave_figures_out(self, step: Step) -> None:
        """Until the figures are stored, in both languages: the English then belongs to this Chinese."""
        for name in step.record.kind.telling_fields:
            setattr(step.row, name, PLACEHOLDER.sub("…", getattr(step.row, name)))

    def _save_entry(self, step: Step) -> None:
        expected = step.row.version if step.row.pk else None
        try:
            save_entry(step.row, by=self.by, expected_version=expected, at=self.at)
        except StaleVersionError as error:
            raise SampleError([Problem(step.record.file, step.record.slug, "", str(error))]) from error

    def _picture(self, step: Step) -> Any:
        return stored(step.record.picture) if step.record.picture else nullcontext()

    def _write_parts(self, step: Step) -> None:
        for part in step.record.kind.parts:
            before = dict(step.rows.get(part.name, {}))
            wanted = [(self.plan.stored_key(one.key), one) for one in step.record.parts[part.name]]
            for key in set(before) - {key for key, _one in wanted}:
                before.pop(key).delete()
            for position, (key, one) in enumerate(wanted, start=1):
                self._write_part(step, one, before.get(key), position)

    def _write_part(self, step: Step, one: PartRecord, row: Any, position: int) -> None:
        if row is None:
            row = one.part.model()
            if isinstance(row, PhotoUse):
                row.entry = step.row
            else:
                setattr(row, one.part.parent_columns[0], step.row)
        for name, value in one.values.items():
            setattr(row, name, self.plan.resolve(value))
        row.position = position
        self._save(step, row, one.name, row.save)

    def _save(self, step: Step, row: models.Model, prefix: str, save: Callable[[], None]) -> None:
        """Validate and save. The database checks the constraints; only a row it refuses is asked again for the sentence.

        Asking first would cost half of the load: Django checks each constraint with a query of every column.
        """
        try:
            row.full_clean(validate_constraints=False)
            with transaction.atomic():
                save()
        except ValidationError as error:
            raise SampleError(problems_of(error, step.record.file, step.record.slug, prefix)) from error
        except IntegrityError as error:
            raise SampleError(_broken_constraints(step, row, prefix, error)) from error


def _broken_constraints(step: Step, row: models.Model, prefix: str, refusal: IntegrityError) -> list[Problem]:
    try:
        row.validate_constraints()
    except ValidationError as error:
        return problems_of(error, step.record.file, step.record.slug, prefix)
    return [Problem(step.record.file, step.record.slug, prefix, str(refusal))]


def count_verdicts(plan: Plan) -> dict[str, dict[Verdict, int]]:
    """How many records of each kind were created, changed, left alone, or kept as staff wrote them."""
    counts: dict[str, dict[Verdict, int]] = {}
    for step in plan.steps.values():
        row = counts.setdefault(step.record.kind.name, dict.fromkeys(Verdict, 0))
        row[step.verdict] += 1
    return counts
