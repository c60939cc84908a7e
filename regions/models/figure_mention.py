import re
from collections.abc import Iterable
from functools import cache, cached_property
from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.publishing.models import LocalText, PastSlug, PublishableQuerySet, State
from portal.publishing.prepared import prepared
from portal.web.templatetags.numbers import amount_text
from portal.web.templatetags.texts import when

PLACEHOLDER = re.compile(r"\{\{\s*figure:(?P<slug>[a-z0-9-]+)\s*\}\}", re.ASCII)
LINK_OR_PLACEHOLDER = re.compile(rf'(?P<link><a [^"<>]*(?:"[^"]*"[^"<>]*)*>.*?</a>)|{PLACEHOLDER.pattern}', re.ASCII | re.DOTALL)
IN_ADDRESS = re.compile(r"\]\([^()\s]*\{\{|<[a-z]+:[^<>\s]*\{\{")
ANY_PLACEHOLDER = re.compile(r"\{\{(.{0,120}?)\}\}", re.DOTALL)
CALLED = re.compile(r"\s*figure:([a-z0-9-]+)\s*", re.ASCII)


class FigureMention(models.Model):
    """A figure that the text of an entry names, written when the entry is saved.

    `slug` is the name the text uses, `words` what the figure said then: readers see them once the figure is hidden.
    """

    entry_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    entry_id = models.PositiveBigIntegerField()
    entry = GenericForeignKey("entry_type", "entry_id")
    figure = models.ForeignKey("regions.Figure", models.SET_NULL, null=True, related_name="mentions")
    slug = models.CharField(max_length=100)
    words = models.CharField(max_length=100)

    class Meta:
        verbose_name = gettext_lazy("正文引用的数据")
        constraints = [models.UniqueConstraint(fields=["entry_type", "entry_id", "slug"], name="figure_mention_once")]

    def __str__(self) -> str:
        return f"{self.entry_type_id}:{self.entry_id} {self.slug}"

    @property
    def public_figure(self) -> Any:
        """The figure if readers may see it; no query once loaded with its indicator."""
        figure: Any = self.figure
        return figure if figure is not None and figure.is_published() else None


class TellingQuerySet(PublishableQuerySet):
    """Rows read together know one another, so that the figures their texts name are read for all with one query."""

    def _fetch_all(self) -> None:
        is_first = self._result_cache is None
        super()._fetch_all()
        if is_first:
            share_mentions(self._result_cache or ())


class TellsFigures(models.Model):
    """Mixin: an entry whose texts may name figures as `{{figure:slug}}`.

    The text is kept as written; value, unit and day are filled in at read, so that they are always the figure's own.
    """

    telling_fields: ClassVar[tuple[str, ...]] = ("summary",)

    class Meta:
        abstract = True

    @cached_property
    def mentions(self) -> dict[str, FigureMention]:
        """By the name in the text; one query for all rows read together, none when no text names a figure."""
        peers = [row for row in self.__dict__.get("_peers", (self,)) if row.names_figures()]
        found = _read_mentions(type(self), peers)
        for row in peers:
            row.__dict__["mentions"] = found.get(row.pk, {})
        return found.get(self.pk, {})

    def names_figures(self) -> bool:
        return any("{{" in text for text in self._telling_texts())

    def local(self, name: str, language: str) -> LocalText:
        found: LocalText = super().local(name, language)  # type: ignore[misc]  # -- of the entry mixed with
        if name not in self.telling_fields or "{{" not in found.text:
            return found
        words = cache(self._words)
        return LocalText(PLACEHOLDER.sub(lambda match: words(match["slug"]), found.text), found.language)

    def local_html(self, name: str, language: str) -> LocalText:
        found: LocalText = super().local_html(name, language)  # type: ignore[misc]  # -- of the entry mixed with
        words, link = cache(self._words), cache(self._link)  # a long text may name one figure a thousand times

        def filled(match: re.Match[str]) -> str:
            """Words only inside a link and its title: no link stands inside another."""
            if outer := match["link"]:
                return PLACEHOLDER.sub(lambda inside: escape(words(inside["slug"])), outer)
            return link(match["slug"])

        return LocalText(LINK_OR_PLACEHOLDER.sub(filled, found.text), found.language)

    def searched_text(self, name: str) -> str:
        """Figures by the words as published, which readers see whatever becomes of the figure."""
        text: str = super().searched_text(name)  # type: ignore[misc]  # -- of the entry mixed with
        if name not in self.telling_names() or "{{" not in text:
            return text
        return PLACEHOLDER.sub(lambda match: self.mentions[match["slug"]].words if match["slug"] in self.mentions else "", text)

    def clean(self) -> None:
        super().clean()
        errors = {name: problems for name in self.telling_names() if (problems := self._misnamed(name))}
        if errors:
            raise ValidationError(errors)

    def settle(self) -> None:
        super().settle()  # type: ignore[misc]  # -- of the entry mixed with
        self.__dict__.pop("mentions", None)
        wanted = named_figures(sorted({slug for text in self._telling_texts() for slug in PLACEHOLDER.findall(text)}))
        rows = FigureMention.objects.filter(**_entry_key(type(self)), entry_id=self.pk)
        kept = {row.slug: row for row in rows}
        if kept.keys() - wanted.keys():
            rows.exclude(slug__in=wanted).delete()
        content_type = ContentType.objects.get_for_model(type(self)) if wanted else None
        for slug, figure in wanted.items():
            row = kept.get(slug) or FigureMention(entry_type=content_type, entry_id=self.pk, slug=slug)
            row.figure = figure
            if row.public_figure or not row.words:  # of a hidden figure readers keep what they were told
                row.words = figure.as_published
            row.save()

    def telling_names(self) -> list[str]:
        return [name for field in self.telling_fields for name in (field, f"{field}_en")]

    def _telling_texts(self) -> list[str]:
        """Without loading what the list left out."""
        return [text for name in self.telling_names() if (text := self.__dict__.get(name))]

    def _misnamed(self, name: str) -> list[str]:
        text = getattr(self, name)
        called = [CALLED.fullmatch(inside) for inside in ANY_PLACEHOLDER.findall(text)] if "{{" in text else []
        if None in called or text.count("{{") != len(called):
            return [_("双花括号只用来引用数据，写成 {{figure:数据的网址名}}，例如 {{figure:qijiang-talent-total}}。")]
        if IN_ADDRESS.search(text):
            return [_("链接的网址里不能引用数据：读者点开会找不到页面。请把 {{figure:…}} 写在链接外面。")]
        slugs = sorted({match[1] for match in called if match})
        found = named_figures(slugs)
        problems = [_("没有网址名为“%(slug)s”的数据，请核对。") % {"slug": slug} for slug in slugs if slug not in found]
        if getattr(self, "state", "") == State.PUBLISHED:
            hidden = [slug for slug, figure in found.items() if not figure.is_published()]
            problems += [
                _("数据“%(slug)s”还没有公开，读者看不到；请先发布它，或改用别的数据。") % {"slug": slug} for slug in hidden
            ]
        return problems

    def _words(self, slug: str) -> str:
        mention = self.mentions.get(slug)
        if mention is None:
            return "…"
        figure = mention.public_figure
        return (
            _("%(number)s（%(day)s）") % {"number": amount_text(figure), "day": when(figure.as_of)} if figure else mention.words
        )

    def _link(self, slug: str) -> str:
        mention = self.mentions.get(slug)
        figure = mention.public_figure if mention else None
        if figure is None:
            return format_html("{}", mention.words if mention else "…")
        number = format_html('<a href="{}"><strong>{}</strong></a>', figure.get_absolute_url(), amount_text(figure))
        return _("%(number)s（%(day)s）") % {"number": number, "day": escape(when(figure.as_of))}


def share_mentions(rows: Iterable[Any]) -> None:
    """Let rows that were read together load the figures they name together."""
    peers = [row for row in rows if isinstance(row, TellsFigures)]
    for row in peers:
        row.__dict__["_peers"] = peers


def named_figures(slugs: Iterable[str]) -> dict[str, Any]:
    """Figures by the name a text uses, past names included; at most three queries, none for no names."""
    wanted = list(slugs)
    if not wanted:
        return {}
    figures: Any = FigureMention._meta.get_field("figure").related_model
    rows = figures._base_manager.filter(copy_of__isnull=True).select_related("indicator")
    found = {figure.slug: figure for figure in rows.filter(slug__in=wanted)}
    if missing := [slug for slug in wanted if slug not in found]:
        past = PastSlug.objects.filter(entry_type=figures.type_label(), slug__in=missing).values_list("entry_uuid", "slug")
        renamed = dict(past)
        found |= {renamed[figure.uuid]: figure for figure in rows.filter(uuid__in=renamed)} if renamed else {}
    return found


def _read_mentions(model: type[Any], rows: list[Any]) -> dict[int, dict[str, FigureMention]]:
    if not rows:
        return {}
    found: dict[int, dict[str, FigureMention]] = {}
    for mention in _mentions(*_entry_key(model).values(), owners=[row.pk for row in rows]):
        found.setdefault(mention.entry_id, {})[mention.slug] = mention
    return found


@prepared
def _mentions(app: str, model: str, /, *, owners: Any) -> Any:
    mentions = FigureMention.objects.filter(entry_type__app_label=app, entry_type__model=model, entry_id__in=owners)
    return mentions.select_related("figure__indicator")


def _entry_key(model: type[Any]) -> dict[str, str]:
    """By name: Django's cache of content types would make the number of queries depend on what ran before."""
    return {"entry_type__app_label": model._meta.app_label, "entry_type__model": model._meta.model_name}
