"""What may have been published, read from the rows of reviews and editions alone: nothing of the workflow is asked."""

import json
from itertools import pairwise

from portal.publishing.models import Edition, Review, State, SubmissionItem
from regions.models import Region

STEPS = {("policies.policy", "qijiang"): 3}
"""How many approvals a text needs; one where nothing is said."""


def flat(content):
    values = {f"{part}.{name}": value for part in ("columns", "relations") for name, value in content[part].items()}
    for name, rows in content["rows"].items():
        values |= {f"{name}.{uid}.{column}": value for uid, row in rows.items() for column, value in row.items()}
    return values


def unreviewed(after=0):
    """What is wrong with the publications there are: a list of sentences."""
    publications = Edition.objects.filter(number__isnull=False, kind=Edition.Kind.PUBLISHED, pk__gt=after).order_by("pk")
    return [fault for edition in publications for fault in _faults(edition)]


def _faults(edition):
    published = list(Review.objects.filter(entry_uuid=edition.entry_uuid, verdict="published").order_by("pk"))
    nth = Edition.objects.filter(entry_uuid=edition.entry_uuid, kind=Edition.Kind.PUBLISHED, pk__lt=edition.pk).count()
    if nth >= len(published):
        yield f"{edition} has no row of a review"
        return
    item = published[nth].item
    steps = list(item.reviews.filter(pk__lt=published[nth].pk).order_by("pk"))
    yield from _step_faults(edition, item, steps)
    if edition.digest != steps[0].digest:
        yield from _merge_faults(edition, item, steps[0].digest)


def _step_faults(edition, item, steps):
    approvals = [step for step in steps if step.verdict == "approved"]
    people = [step.by_id for step in approvals]
    wrote = set(
        Edition.objects.filter(entry_uuid=item.entry_uuid, entry_id=item.entry_id, number=None, created_at__lte=steps[0].at)
        .values_list("actor_id", flat=True)
    )  # fmt: skip
    before = Edition.objects.filter(entry_uuid=item.entry_uuid, number__lt=edition.number).order_by("number").last()
    places = {item.region.slug, *([before.content["columns"]["region"]] if before else [])}
    slugs = {str(region.uuid): region.slug for region in Region.objects.all()}
    needed = max(STEPS.get((item.entry_type, slugs.get(place, place)), 1) for place in places)
    if steps[0].verdict != "submitted" or any(step.verdict == "returned" for step in steps):
        yield f"{edition} was not handed in, or given back since"
    if [step.step for step in approvals] != list(range(1, needed + 1)):
        yield f"{edition} needs {needed} approvals, has {[step.step for step in approvals]}"
    if set(people) & wrote:
        yield f"{edition} was approved by its author"
    if any(one == other for one, other in pairwise(people)):
        yield f"{edition}: one person took two steps in a row"
    if {step.digest for step in approvals} - {steps[0].digest}:
        yield f"{edition}: the approvals are of different texts"


def _merge_faults(edition, item, handed_in):
    """A text that waited for its date took over what was published meanwhile: nothing in it is of neither."""
    known = Edition.objects.filter(entry_uuid=edition.entry_uuid)
    approved = known.filter(digest=handed_in).values_list("payload", flat=True).first()
    earlier = known.filter(number__lt=edition.number).values_list("payload", flat=True)
    sources = [flat(json.loads(payload)) for payload in [*([approved] if approved else []), *earlier]]
    for name, value in flat(edition.content).items():
        if not any(name in source and source[name] == value for source in sources):
            yield f"{edition}: {name}={value!r} was never approved"


def open_items_of(row):
    waiting = (SubmissionItem.State.WAITING, SubmissionItem.State.APPROVED)
    return list(SubmissionItem.objects.filter(entry_type=row.type_label(), entry_id=row.pk, state__in=waiting))


OUT_FOR_REVIEW = {State.REVIEW, State.APPROVED, State.SCHEDULED}
