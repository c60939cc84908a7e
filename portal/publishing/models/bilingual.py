import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models
from django.utils.translation import get_language

from portal.publishing.models.json_text import JsonTextField


@cache
def _words(field: Any, _language: str | None) -> dict[Any, str]:
    return {value: str(words) for value, words in field.flatchoices}


@dataclass(frozen=True, slots=True)
class LocalText:
    """A text and the language it is really in, which differs from the language asked for when a translation is missing."""

    text: str
    language: str

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


def _digest(text: str) -> str:
    return hashlib.blake2s(text.encode(), digest_size=8).hexdigest()


class Bilingual(models.Model):
    """Text fields in pairs `x` (Chinese, authoritative) and `x_en`.

    `translated_from` remembers, for each English field, the digests of the Chinese and the English at the moment the
    English was written, so that an edited Chinese sentence marks exactly that English field stale.
    """

    translated_from = JsonTextField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def bilingual_fields(cls) -> list[str]:
        names = {field.name for field in cls._meta.concrete_fields}
        return sorted(name[:-3] for name in names if name.endswith("_en") and name[:-3] in names)

    def local(self, name: str, language: str) -> LocalText:
        """Return field `name` in `language` ("en" or a Chinese one), or in Chinese where there is no English."""
        if language == "en" and (english := getattr(self, f"{name}_en")):
            return LocalText(english, "en")
        return LocalText(getattr(self, name), "zh-Hans")

    def local_html(self, name: str, language: str) -> LocalText:
        """The rendered HTML of Markdown field `name`, kept in `<name>_html` and `<name>_en_html`."""
        if language == "en" and (english := getattr(self, f"{name}_en_html")):
            return LocalText(english, "en")
        return LocalText(getattr(self, f"{name}_html"), "zh-Hans")

    def _get_FIELD_display(self, field: Any) -> str:  # noqa: N802 -- Django's name for what answers `get_kind_display`
        """As Django answers it, but asking each choice for its words once a language: long lists ask hundreds."""
        value = getattr(self, field.attname)
        return _words(field, get_language()).get(value, str(value))

    def stale_translations(self) -> list[str]:
        """Names of the Chinese fields edited since their English was written."""
        return [name for name, (chinese, _) in self.translated_from.items() if chinese != _digest(getattr(self, name))]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._remember_translations()
        super().save(*args, **kwargs)

    def _remember_translations(self) -> None:
        remembered = {}
        for name in self.bilingual_fields():
            english = getattr(self, f"{name}_en")
            if not english:
                continue
            known = self.translated_from.get(name)
            is_same = known is not None and known[1] == _digest(english)
            remembered[name] = known if is_same else [_digest(getattr(self, name)), _digest(english)]
        self.translated_from = remembered
