"""The figures an editor may name in a text, beside the form that takes the text."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.publishing.admin.bases import ModelAdmin
from portal.staff.roles import usual_region
from regions.models import Figure

MOST_NAMES = 100


@dataclass(frozen=True, slots=True)
class FigureName:
    """`called` is what the text says for the figure."""

    called: str
    title: str
    day: str


class FigureNames(ModelAdmin):
    """Mixin: an entry whose texts may name figures; its page lists those of its region, key figures first."""

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        entry = context.get("original")
        user: Any = request.user
        names = figure_names(entry.region_id if entry is not None else usual_region(user))
        context["figure_names"], context["has_more_figures"] = names[:MOST_NAMES], len(names) > MOST_NAMES
        return super().render_change_form(request, context, *args, **kwargs)


def figure_names(region: Any) -> list[FigureName]:
    """The published figures of a region, or of all without one; one query, at most one row more than are shown."""
    rows = Figure.objects.published().select_related("indicator").order_by("-is_key", "indicator__name_key", "-as_of_until", "pk")
    rows = rows.filter(region=region) if region is not None else rows
    return [
        FigureName(
            "{{figure:" + row.slug + "}}",
            _("%(indicator)s：%(words)s") % {"indicator": row.indicator.name, "words": row.as_published},
            str(row.as_of or ""),
        )
        for row in rows[: MOST_NAMES + 1]
    ]
