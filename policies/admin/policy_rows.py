from policies.models import Benefit, Clause, PolicyIssuer, PolicyRelation
from portal.publishing.admin.inline import StackedRows, TabularRows


class IssuerRows(TabularRows):
    model = PolicyIssuer
    fields = ("position", "organisation")
    autocomplete_fields = ("organisation",)


class ClauseRows(StackedRows):
    model = Clause
    fields = (("number", "position"), ("heading", "heading_en"), ("text", "text_en"))
    classes = ("collapse",)


class RelationRows(TabularRows):
    model = PolicyRelation
    fk_name = "policy"
    fields = ("kind", "target", "position")
    autocomplete_fields = ("target",)
    classes = ("collapse",)


class BenefitRows(TabularRows):
    """The few columns every benefit has; the rest is on its own page."""

    model = Benefit
    fields = ("position", "name", "slug", "kind", "beneficiary", "amount_min", "amount_max")
    show_change_link = True
