from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import QuerySet

from portal.publishing.admin.picks import is_publishable, label, picks_for


class PickView(AutocompleteJsonView):
    """Answers pickers with the rows the user may point to; the same rule as the form field that takes the answer."""

    admin_site: Any

    def get_queryset(self) -> QuerySet[Any]:
        if not is_publishable(self.source_field.remote_field.model):
            return super().get_queryset()
        rows = picks_for(self.source_field, self.request.user, self.admin_site).rows()
        found, may_repeat = self.model_admin.get_search_results(self.request, rows, self.term)
        return found.distinct() if may_repeat else found

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        return {"id": str(getattr(obj, to_field_name)), "text": label(obj)}
