"""How a text gets to its readers: handed in, reviewed, published, withdrawn. Each step is a row of `Review` and of the log.

Every function does its step whole or raises `RefusedError` with a sentence for staff and nothing written.
"""

from portal.publishing.workflow.changing import begin_change, discard_change, take_over
from portal.publishing.workflow.deleting import delete
from portal.publishing.workflow.due import apply_due
from portal.publishing.workflow.publishing import publish, unschedule, withdrawn_meanwhile
from portal.publishing.workflow.refusal import RefusedError, UnfinishedError
from portal.publishing.workflow.reviewing import approve, send_back, why_not_approve
from portal.publishing.workflow.submitting import recall, review_steps, submit
from portal.publishing.workflow.withdrawing import withdraw

__all__ = [
    "RefusedError",
    "UnfinishedError",
    "apply_due",
    "approve",
    "begin_change",
    "delete",
    "discard_change",
    "publish",
    "recall",
    "review_steps",
    "send_back",
    "submit",
    "take_over",
    "unschedule",
    "why_not_approve",
    "withdraw",
    "withdrawn_meanwhile",
]
