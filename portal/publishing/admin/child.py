from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from portal.publishing.admin.asking import ask
from portal.publishing.admin.delete_view import seen_version
from portal.publishing.admin.entry import ScopedAdmin, is_list
from portal.publishing.admin.preview_view import preview_url
from portal.publishing.admin.versioned_form import ChildForm
from portal.publishing.lifecycle import finish_entry, save_entry
from portal.publishing.models import OPEN, SETTLED
from portal.publishing.rights import Act
from portal.publishing.scope import visible_to
from portal.publishing.workflow.steps import locked
from portal.publishing.working_copy import copies_of


class ChildAdmin(ScopedAdmin):
    """The page of one child. Writing it locks its entry, checks and bumps the entry's version, and tells readers."""

    form: Any = ChildForm

    @property
    def parent_field(self) -> str:
        name: str = self.model.parent_field
        return name

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A child stays with its entry."""
        return (*super().get_readonly_fields(request, obj), *((self.parent_field,) if obj else ()))

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") and obj.pk and obj.parent.is_published() else None

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        if context.get("original") is not None:
            context["preview_url"] = preview_url(context["original"])
            context |= self._way_to_change(request, context["original"])
        return super().render_change_form(request, context, *args, **kwargs)

    def _way_to_change(self, request: HttpRequest, child: Any) -> dict[str, str]:
        """A child that readers know is changed in the working copy of its entry: the same row there, or the step that opens one."""
        user: Any = request.user
        parent = child.parent
        if not (parent.is_live and parent.state in SETTLED):
            return {}
        copies = visible_to(copies_of(parent, OPEN), user)
        twin = self.model._base_manager.filter(uid=child.uid, **{f"{self.parent_field}__in": copies}).first()
        if twin is not None:
            return {"twin_url": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[twin.pk])}
        if not ask(request, Act.OPEN_COPY, parent):
            return {}
        return {"open_url": reverse(f"admin:{parent._meta.app_label}_{parent._meta.model_name}_step", args=[parent.pk, "open"])}

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        raise NotImplementedError("the page of a child has no rows of its own")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Lists hold each child once, not again for each working copy."""
        rows = super().get_queryset(request)
        return rows.filter(**{f"{self.parent_field}__copy_of__isnull": True}) if is_list(request) else rows

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        version = form.read_version if change else obj.parent.version
        save_entry(obj.parent, by=request.user, expected_version=version)
        obj.save()
        finish_entry(obj.parent)

    @transaction.atomic
    def delete_rows(self, request: HttpRequest, rows: list[Any]) -> None:
        entries = {row.parent.pk: row.parent for row in rows}
        for key in sorted(entries):
            entries[key].version = seen_version(request, entries[key])
            locked(entries[key])
        for row in rows:
            parent = type(row.parent)._base_manager.get(pk=row.parent.pk)  # read again: a sibling may just have been deleted
            save_entry(parent, by=request.user, expected_version=parent.version)
            row.delete()
            finish_entry(parent)
