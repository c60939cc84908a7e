"""What an experienced author would write for the same content with plain Django and DRF: the floors the site must stay under.

Relations are loaded at once, bodies deferred, counts grouped in SQL; paging is by OFFSET, as both frameworks offer it.
"""

from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.views.generic import DetailView, ListView
from rest_framework import generics, pagination, renderers, serializers

from policies.models import Benefit, Policy
from policies.models.validity import Validity
from regions.models import Figure, Organisation, Region, Topic

BODIES = ("body", "body_en", "body_html", "body_en_html")


def public_policies() -> QuerySet[Any]:
    return (
        Policy.objects.published()
        .select_related("region")
        .defer(*BODIES)
        .prefetch_related(
            Prefetch("topics", Topic.objects.in_public_state()), Prefetch("issuers", Organisation.objects.published())
        )
        .order_by("-date_key", "-pk")
    )


class PlainList(ListView):  # type: ignore[type-arg]  # -- cannot be subscripted at run time
    template_name = "floors/policy_list.html"
    paginate_by = 30

    def get_queryset(self) -> QuerySet[Any]:
        return public_policies()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Policy.objects.published().with_validity().order_by()
        counts = {
            "regions": rows.values_list("region__slug", "region__short_name").annotate(Count("pk")),
            "topics": rows.values_list("topics__slug", "topics__name").annotate(Count("pk")),
            "kinds": _named(rows.values_list("kind").annotate(Count("pk")), Policy.Kind),
            "validities": _named(rows.values_list("validity_then").annotate(Count("pk")), Validity),
        }
        return super().get_context_data(**counts, **kwargs)


class PlainDetail(DetailView):  # type: ignore[type-arg]  # -- as above
    template_name = "floors/policy.html"

    def get_queryset(self) -> QuerySet[Any]:
        figures = Figure.objects.published().select_related("indicator")
        return (
            Policy.objects.published()
            .select_related("region", "source")
            .prefetch_related(
                Prefetch("topics", Topic.objects.in_public_state()),
                Prefetch("issuers", Organisation.objects.published()),
                Prefetch("figures", figures),
                Prefetch("benefits", Benefit.objects.select_related("service")),
                "clauses",
                "relations__target",
                "relations_in__policy",
                "photo_uses__photo",
            )
        )


class PlainRegionSerializer(serializers.ModelSerializer[Region]):
    class Meta:
        model = Region
        fields = ("slug", "short_name")


class PlainTopicSerializer(serializers.ModelSerializer[Topic]):
    class Meta:
        model = Topic
        fields = ("slug", "name")


class PlainIssuerSerializer(serializers.ModelSerializer[Organisation]):
    class Meta:
        model = Organisation
        fields = ("slug", "name")


class PlainPolicySerializer(serializers.ModelSerializer[Policy]):
    """The fields of the site's own list record."""

    url = serializers.URLField(source="get_absolute_url", read_only=True)
    region = PlainRegionSerializer()
    topics = PlainTopicSerializer(many=True)
    issuers = PlainIssuerSerializer(many=True)
    doc_number = serializers.CharField(source="document_number", allow_null=True)
    signed_on = serializers.CharField(allow_null=True)
    published_on = serializers.CharField(allow_null=True)
    validity = serializers.CharField(read_only=True)

    class Meta:
        model = Policy
        fields = (
            "uuid", "slug", "url", "region", "applies_below", "updated_at", "version", "title", "title_as_cited", "kind",
            "doc_number_status", "doc_number", "doc_code", "doc_year", "doc_seq", "index_no", "issuers", "issuer_unknown",
            "organ_type", "genre", "topics", "signed_on", "published_on", "effective_from", "effective_until", "plan_from",
            "plan_until", "validity", "validity_reason", "summary",
        )  # fmt: skip


class PlainApi(generics.ListAPIView[Policy]):
    serializer_class = PlainPolicySerializer
    pagination_class = pagination.LimitOffsetPagination
    renderer_classes = (renderers.JSONRenderer,)

    def get_queryset(self) -> QuerySet[Any]:
        return public_policies()


def _named(rows: Any, choices: Any) -> list[tuple[str, str, int]]:
    return [(value, choices(value).label, count) for value, count in rows]
