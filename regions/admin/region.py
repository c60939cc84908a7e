from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.publishing.admin.entry import EntryAdmin
from portal.publishing.admin.form import PortalForm
from portal.publishing.admin.inline import TabularRows
from portal.publishing.admin.publication import COLLAPSED, publication
from portal.publishing.copying import Copying
from portal.staff.permissions import WRITERS
from portal.staff.roles import tops
from regions.admin.photo_use import PhotoUseRows
from regions.models import Region, RegionIdentity, RegionMembership


class IdentityForm(PortalForm):
    constraint_places = {"region_identity_code_unique": "code"}


class IdentityRows(TabularRows):
    model = RegionIdentity
    form = IdentityForm
    fields = ("code", "full_name", "full_name_en", "valid_from", "valid_until", "authority", "authority_en")
    classes = ("collapse",)


class MembershipRows(TabularRows):
    model = RegionMembership
    fk_name = "member"
    fields = ("kind", "group", "valid_from", "valid_until", "position")
    autocomplete_fields = ("group",)
    classes = ("collapse",)


@admin.register(Region)
class RegionAdmin(EntryAdmin):
    copying = Copying(left_out=frozenset({"regionidentity"}))
    list_display = ("name", "short_name", "name_en", "kind", "parent", "position", "state")
    list_filter = ("state", "kind")
    list_select_related = ("parent",)
    label_relations = ()
    form_relations = ("created_by", "updated_by", "parent__parent__parent")
    search_fields = ("name", "short_name", "name_en", "slug", "identities__code")
    autocomplete_fields = ("parent", "talent_office", "source")
    ordering = ("position", "name_key", "pk")
    inlines = (IdentityRows, MembershipRows, PhotoUseRows)
    fieldsets = (
        (
            _("地区"),
            {
                "fields": (
                    ("name", "name_en"),
                    ("short_name", "pinyin"),
                    ("kind", "parent"),
                    ("summary", "summary_en"),
                    "talent_office",
                    "source",
                )
            },
        ),
        (_("更多"), {"classes": COLLAPSED, "fields": ("position", "review_steps")}),
        *publication(owner=False),
    )

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Staff of a region add regions below it only: a new region without a parent would be nobody's."""
        form = super().get_form(request, obj, change, **kwargs)
        user: Any = request.user
        own = tops(user, WRITERS)
        if own is not None and "parent" in form.base_fields and (obj is None or obj.pk not in own):
            form.base_fields["parent"].required = True
        return form
