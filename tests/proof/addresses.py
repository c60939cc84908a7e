"""Every address of the site with its name, filled in with rows of one region."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.auth.tokens import default_token_generator
from django.urls import URLResolver, get_resolver
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from policies.models import Benefit, Policy, Programme, Service, ServicePoint
from portal.publishing.admin.step_forms import STEPS
from portal.publishing.desk.lists import LISTS
from portal.publishing.models import AuditEntry, Edition, State
from portal.publishing.preview_links import make_link, token_of
from portal.publishing.workflow import submit
from portal.search.models import Synonym, Unanswered
from portal.staff.models import SiteSettings
from regions.models import Attachment, Photo, Region, Story
from tests import factories as make
from tests.test_surfaces import picture
from tests.workflow.cast import again

SHADE = 90
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
CATCH_ALL = re.compile(r"\(\?P<(\w+)>[^)]*\)")


def names():
    """Every pattern of the resolver, as `namespace:name`; what has no name goes by its pattern."""
    return sorted(set(_walk(get_resolver())))


def _walk(resolver: Any, space="", prefix=""):
    for pattern in resolver.url_patterns:
        address = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space, address)
        else:
            yield f"{space}{pattern.name or re.sub(r'^.*?/', '', address)}", address


class Place:
    """A draft of every kind in one region, written by its contributor."""

    def __init__(self, region: Any, author: Any) -> None:
        self.author, self.rows = author, {}
        for model, maker in make.MAKERS.items():
            fields = {"parent": region} if model is Region else {"region": region}
            file = picture(SHADE) if model is Photo else {}
            entry = maker(state=State.DRAFT, **fields, **file)
            model.objects.filter(pk=entry.pk).update(created_by=author, updated_by=author)
            self.rows[model] = again(entry)
        self.rows[Benefit] = make.make_benefit(policy=self.rows[Policy])
        self.rows[ServicePoint] = ServicePoint.objects.create(service=self.rows[Service], name="窗口", region=region)
        for model in (Policy, Service, Programme):
            Attachment.objects.create(entry=self.rows[model], title="附件", kind="pdf", sha256=f"{region.pk:064x}", size=1)
        self.rows[AuditEntry] = AuditEntry.objects.filter(entry_uuid=self.rows[Policy].uuid).first()
        self.rows[SiteSettings] = SiteSettings(pk=1)
        self.rows[Synonym], _made = Synonym.objects.get_or_create(term="宿舍楼", equivalents="公寓")
        self.rows[Unanswered], _made = Unanswered.objects.get_or_create(day=date(2026, 1, 1), words="宿舍楼")
        story = make.make_story(state=State.DRAFT, region=region)
        Story.objects.filter(pk=story.pk).update(created_by=author, updated_by=author)
        self.handed_in = submit([again(story)], by=author, override="理由")
        self.link = make_link(self.rows[Policy], by=author)

    def shelve(self) -> None:
        """Put the picture's file on the shelf of the test at hand."""
        picture(SHADE)

    def row(self, name: str) -> Any:
        """The row of this place that an address by this name is about."""
        return self.rows.get(_model(name), self.author)

    def filled(self, name: str, pattern: str) -> Iterator[tuple[str, str]]:
        """The addresses of one pattern, each step one of its own. A parameter that nothing is known of fails."""
        row = self.row(name)
        known = KNOWN.get(name)
        if known is not None:
            yield name, f"/{PARAMETER.sub(str(known(self)), pattern, count=1).replace('<str:name>', 'nothing.webp')}"
            return
        for step in STEPS if "<slug:step>" in pattern else [""]:
            plain = CATCH_ALL.sub("regions" if "app_label" in pattern else "nowhere", pattern).replace("^", "").replace("$", "")
            address = PARAMETER.sub(partial(self._value, row, step), plain)
            yield f"{name}/{step}" if step else name, f"/{address}{self._query(name, row)}"

    def _value(self, row: Any, step: str, found: "re.Match[str]") -> str:
        values: dict[str, Callable[[], Any]] = {
            "object_id": lambda: row.pk,
            "pk": lambda: row.pk,
            "id": lambda: row.pk,
            "step": lambda: step,
            "key": lambda: Edition.objects.of(row).first().pk,  # type: ignore[union-attr]  # -- each row was saved
            "attachment_id": lambda: row.attachments.first().pk,
            "width": lambda: 320,
            "uidb64": lambda: urlsafe_base64_encode(force_bytes(self.author.pk)),
            "token": lambda: default_token_generator.make_token(self.author),
            "entry_type": lambda: "policies.policy",
            "uuid": lambda: self.rows[Policy].uuid,
            "slug": lambda: row.slug if hasattr(row, "slug") else self.rows[Policy].slug,
            "plural": lambda: "policies",
            "name": lambda: "nothing.webp",
        }
        return str(values[found.group(1)]())

    def _query(self, name: str, row: Any) -> str:
        if name.endswith("_difference"):
            return f"?from={Edition.objects.of(row).first().pk}&to=now"  # type: ignore[union-attr]
        if name == "admin:submit":
            return f"?type=policies.policy&keys={self.rows[Policy].pk}"
        return f"?photos={self.rows[Photo].pk}" if name.endswith("_words") else ""


KNOWN: dict[str, Callable[[Place], Any]] = {
    "admin:tasks": lambda _place: LISTS[0].name,
    "admin:submission": lambda place: place.handed_in.pk,
    "admin:submission_record": lambda place: place.handed_in.pk,
    "preview-link": lambda place: token_of(place.link),
    "preview-link-file": lambda place: token_of(place.link),
}
"""What the first parameter of some addresses is."""


def _model(name: str) -> Any:
    part = name.removeprefix("admin:").replace("/", "_")
    models = [model for model in admin.site._registry if part.startswith(f"{model._meta.app_label}_{model._meta.model_name}_")]
    return models[0] if models else None
