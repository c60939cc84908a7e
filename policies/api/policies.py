from typing import Any

from django.utils import timezone
from rest_framework import serializers

from policies.api.benefits import BenefitItemSerializer
from policies.filters import PolicyFilterSet
from policies.labels import policy_labels, policy_list_labels
from policies.models import Clause, Policy, PolicyRelation
from policies.models.validity import Validity
from portal.api.fields import AbsentChoiceField, AbsentField, LocalField, LocalHtmlField, PartialDateField
from portal.api.routes import routes
from portal.api.serializers import EntrySerializer, TitleLinkSerializer, links
from portal.api.viewset import DetailEndpoint, ListEndpoint
from regions.api.attachments import attachments
from regions.links import Link, give_links


class DocumentNumberSerializer(serializers.Serializer[Policy]):
    """`text` is the whole number, such as 渝府发〔2021〕1号; all parts are null unless `status` is "given"."""

    status = serializers.ChoiceField(choices=Policy.NumberStatus.choices, source="doc_number_status", read_only=True)
    text = serializers.SerializerMethodField()
    code = AbsentField(source="doc_code")
    year = serializers.IntegerField(source="doc_year", read_only=True, allow_null=True)
    seq = serializers.IntegerField(source="doc_seq", read_only=True, allow_null=True)

    def get_text(self, policy: Policy) -> str | None:
        number = policy.document_number
        return None if number is None else str(number)


class ValiditySerializer(serializers.Serializer[Policy]):
    """Whether the policy is in force on `on`, the day of the answer; `reason` is given where an editor decided it."""

    reads = ("force_from", "force_until", "during_force", "after_force")

    value = serializers.SerializerMethodField(method_name="get_status")
    on = serializers.SerializerMethodField()
    reason = LocalField(source="validity_reason")

    def get_status(self, policy: Policy) -> Validity:
        return policy.validity()

    def get_on(self, policy: Policy) -> str:
        return timezone.localdate().isoformat()


class PlanPeriodSerializer(serializers.Serializer[Policy]):
    def get_fields(self) -> dict[str, Any]:
        return {name: serializers.DateField(source=f"plan_{name}", read_only=True, allow_null=True) for name in ("from", "until")}


class PolicySerializer(EntrySerializer):
    """A document, plan, fund or set of measures, with its four dates and whether it is in force."""

    api_name = "api:policies-detail"

    title = LocalField()
    title_as_cited = AbsentField()
    kind = serializers.ChoiceField(choices=Policy.Kind.choices, read_only=True)
    doc_number = DocumentNumberSerializer(source="*", read_only=True)
    index_no = AbsentField()
    issuers = links("issuers")
    issuer_unknown = serializers.BooleanField(read_only=True)
    organ_type = AbsentChoiceField(Policy.OrganType.choices)
    genre = AbsentChoiceField(Policy.Genre.choices)
    topics = links("topics")
    signed_on = PartialDateField()
    published_on = PartialDateField()
    effective_from = serializers.DateField(read_only=True, allow_null=True)
    effective_until = serializers.DateField(read_only=True, allow_null=True)
    plan = PlanPeriodSerializer(source="*", read_only=True)
    validity = ValiditySerializer(source="*", read_only=True)
    summary = LocalField()


class ClauseSerializer(serializers.Serializer[Clause]):
    uuid = serializers.UUIDField(source="uid", read_only=True)
    number = serializers.CharField(read_only=True)
    anchor = serializers.CharField(read_only=True)
    heading = LocalField()
    text = LocalField()


class RelationSerializer(serializers.Serializer[Any]):
    """A relation one way: what kind it is, and the policy at its other end."""

    kind = serializers.ChoiceField(choices=PolicyRelation.Kind.choices, source="more", read_only=True)
    slug = serializers.CharField(read_only=True)
    title = serializers.SerializerMethodField()

    def get_title(self, link: Link) -> str:
        return link.local("name", self.context["language"])


class PolicyDetailSerializer(PolicySerializer):
    """A policy with its clauses, benefits, relations both ways, services, programmes, stories and figures."""

    body_html = LocalHtmlField()
    source = TitleLinkSerializer()  # type: ignore[assignment]  # -- Field.source is set on the instance only
    relations = RelationSerializer(many=True, read_only=True, source="links.relations")
    relations_in = RelationSerializer(many=True, read_only=True, source="links.relations_in")
    clauses = ClauseSerializer(source="clauses.all", many=True, read_only=True)
    benefits = BenefitItemSerializer(source="loaded_benefits", many=True, read_only=True)
    services = links("services")
    programmes = links("programmes")
    stories = links("stories")
    figures = links("figures")
    photos = links("photos")
    attachments = attachments()
    last_verified_on = serializers.DateField(read_only=True, allow_null=True)


class PolicyList(ListEndpoint):
    model = Policy
    serializer_class = PolicySerializer
    filterset_class = PolicyFilterSet

    def prepare(self, rows: list[Policy]) -> None:
        give_links(rows, policy_list_labels)


class PolicyDetail(DetailEndpoint):
    model = Policy
    serializer_class = PolicyDetailSerializer

    def prepare(self, rows: list[Policy]) -> None:
        give_links(rows, policy_labels)
        for policy in rows:
            policy.loaded_benefits = list(policy.benefits.select_related("service"))  # type: ignore[attr-defined]  # -- read by the serializer
            for benefit in policy.loaded_benefits:  # type: ignore[attr-defined]  # -- set above
                benefit.policy = policy


urlpatterns = routes("policies", PolicyList, PolicyDetail)
