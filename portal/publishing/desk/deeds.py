"""What reviewers and publishers do on the page of a submission: all of a deed, or a sentence and nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.publishing.admin.moment import AppearForm
from portal.publishing.admin.picker import KEY
from portal.publishing.desk.card import Card
from portal.publishing.lifecycle import StaleVersionError
from portal.publishing.models import SubmissionItem
from portal.publishing.workflow import RefusedError, UnfinishedError, approve, publish, send_back
from portal.publishing.workflow.steps import LONGEST
from portal.staff.models import User
from portal.text.errors import TextError
from portal.text.folding import clean_text


@dataclass(frozen=True, slots=True)
class Outcome:
    """`done` is the sentence of success. Otherwise `refusal` and what belongs to it: the item, what was typed, the findings."""

    done: str = ""
    refusal: str = ""
    item: int = 0
    typed: str = ""
    findings: Mapping[Any, list[Any]] = field(default_factory=dict)


def do(cards: list[Card], data: Mapping[str, str], by: User) -> Outcome:
    deed = DEEDS.get(data.get("do", ""))
    typed, item = data.get("words", ""), number(data.get("item"))
    item = item if any(card.item.pk == item for card in cards) else 0
    try:
        if deed is None:
            raise RefusedError(_("不认识这个操作，请刷新页面再试。"))
        with transaction.atomic():
            return Outcome(done=deed(cards, data, words(typed), by))
    except UnfinishedError as error:
        return Outcome(refusal=_("还不能发布，什么都没有写入。"), item=item, typed=typed, findings=error.findings)
    except (RefusedError, StaleVersionError) as error:
        return Outcome(refusal=str(error), item=item, typed=typed)


def words(text: str) -> str:
    """What somebody wrote about a step; RefusedError where it cannot be kept whole."""
    try:
        kept = clean_text(text)
    except TextError as error:
        raise RefusedError(str(error)) from error
    if len(kept) > LONGEST:
        raise RefusedError(_("最多 %(most)d 个字，现在有 %(count)d 个，请缩短。") % {"most": LONGEST, "count": len(kept)})
    return kept


def number(text: str | None) -> int:
    """A key or step as pages send it; 0 for anything else."""
    return int(text) if text and KEY.fullmatch(text) else 0


def _approve(cards: list[Card], data: Mapping[str, str], opinion: str, by: User) -> str:
    card = _card(cards, data)
    approve(card.item, by=by, step=number(data.get("step")), opinion=opinion)
    return _("已通过：%(title)s") % {"title": card.item.title}


def _send_back(cards: list[Card], data: Mapping[str, str], reason: str, by: User) -> str:
    card = _card(cards, data)
    if card.is_open and number(data.get("step")) != card.item.passed + 1:
        raise RefusedError(_("刚刚有别人审过这一级，请刷新页面再看。"))
    send_back(card.item, by=by, reason=reason)
    return _("已退回：%(title)s") % {"title": card.item.title}


def _approve_all(cards: list[Card], data: Mapping[str, str], opinion: str, by: User) -> str:
    chosen = [(card, step) for card in cards if (step := number(data.get(f"step-{card.item.pk}")))]
    if not chosen:
        raise RefusedError(_("没有您可以通过的内容。"))
    for card, step in chosen:
        try:
            approve(card.item, by=by, step=step, opinion=opinion)
        except RefusedError as error:
            raise RefusedError(_("“%(title)s”：%(why)s什么都没有写入。") % {"title": card.item.title, "why": error}) from error
    return ngettext("已通过 %(count)d 条。", "已通过 %(count)d 条。", len(chosen)) % {"count": len(chosen)}


def _publish(cards: list[Card], data: Mapping[str, str], override: str, by: User) -> str:
    chosen = [(card, version) for card in cards if (version := number(data.get(f"version-{card.item.pk}")))]
    if not chosen:
        raise RefusedError(_("没有您可以发布的内容。"))
    for card, version in chosen:
        if card.entry is None or card.item.state != SubmissionItem.State.APPROVED:
            raise RefusedError(_("“%(title)s”：审核通过以后才能发布。") % {"title": card.item.title})
        card.entry.version = version
    at, entries = _moment(data), [card.entry for card, _version in chosen]
    publish(entries, by=by, at=at, override=override, brings_back=data.get("brings_back") == "on")
    if at is not None:
        return _("已定时 %(count)d 条：新内容到时显示，修改稿到时生效。") % {"count": len(chosen)}
    return ngettext("已发布 %(count)d 条。", "已发布 %(count)d 条。", len(chosen)) % {"count": len(chosen)}


def _moment(data: Mapping[str, str]) -> datetime | None:
    """When they are to appear; None for now."""
    form = AppearForm(data)
    if not form.is_valid():
        raise RefusedError(" ".join(map(str, form.errors["at"])))
    at: datetime | None = form.cleaned_data["at"]
    return at


def _card(cards: list[Card], data: Mapping[str, str]) -> Card:
    item = number(data.get("item"))
    found = next((card for card in cards if card.item.pk == item), None)
    if found is None:
        raise RefusedError(_("这份送审里没有这一条，或您看不到它。"))
    return found


DEEDS: dict[str, Callable[[list[Card], Mapping[str, str], str, User], str]] = {
    "approve": _approve,
    "return": _send_back,
    "approve_all": _approve_all,
    "publish": _publish,
}
