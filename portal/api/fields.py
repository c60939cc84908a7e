import re
from typing import Any

from rest_framework import serializers

from portal.web.addresses import absolute

OWN_LINK = re.compile(r'href="/(?!/)')


def language_of(field: Any) -> str:
    return str(field.context["language"])


class LocalField(serializers.CharField):
    """The text of a bilingual field in the language asked for, Chinese where there is no translation."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def get_attribute(self, instance: Any) -> str:
        return str(instance.local(self.source, language_of(self)))


class AbsentLocalField(LocalField):
    """The same, null where there is no text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_null=True, **kwargs)

    def to_representation(self, value: str) -> Any:
        return value or None


class LocalHtmlField(serializers.CharField):
    """The rendered HTML of a Markdown field `x`, kept in `x_html` and `x_en_html`; links within the site carry its full address."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def get_attribute(self, instance: Any) -> str:
        html = str(instance.local_html(str(self.source).removesuffix("_html"), language_of(self)))
        return OWN_LINK.sub(f'href="{absolute("/")}', html)


class AbsentField(serializers.ReadOnlyField):
    """A value that is null where the column is empty."""

    def to_representation(self, value: Any) -> Any:
        return None if value in {"", None} else value


class AbsentChoiceField(serializers.ChoiceField):
    """A choice that is null where none was made."""

    def __init__(self, choices: Any, **kwargs: Any) -> None:
        super().__init__(choices=choices, read_only=True, allow_null=True, **kwargs)

    def to_representation(self, value: Any) -> Any:
        return None if value in {"", None} else str(value)


class DecimalTextField(serializers.CharField):
    """A decimal as a string in plain notation, without trailing zeros: 160000, 0.5."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: Any) -> str:
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text


class PartialDateField(serializers.CharField):
    """A partial date in its canonical form: 2021, 2021-H2, 2021-Q3, 2021-08, 2021-08-05."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, allow_null=True, **kwargs)

    def to_representation(self, value: Any) -> str:
        return str(value)


class MomentField(serializers.DateTimeField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)


class PageField(serializers.URLField):
    """The full address of the entry's page in the language asked for."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, value: Any) -> str:
        return absolute(value.get_absolute_url())
