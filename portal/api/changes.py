"""What became public, changed or went, in order: whoever follows it keeps a copy equal to the lists."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.api.change_cursor import BEGINNING, ChangeCursor, read_change_cursor
from portal.api.viewset import ListEndpoint, check_language, read_limit, refuse_empty
from portal.lists.filters import SLUG
from portal.lists.parameters import ParameterError, clean_query, read_parameters
from portal.publishing.models import Change, ContentState, Publishable
from portal.publishing.models.change import TOMBSTONES, ContentVersion
from portal.web.addresses import absolute
from portal.web.errors import problem

FILTERS = ("region", "type")
PARAMETERS = ("cursor", "from", "lang", "limit", *FILTERS)


class ChangeSerializer(serializers.Serializer[Change]):
    """One public change of one entry; `slug` and `region` are those of that moment, `url` and `api_url` null once it is gone.

    `fields` names what an update changed and is empty where that is not known; `region_before` is the owner it left.
    """

    seq = serializers.IntegerField(read_only=True)
    kind = serializers.ChoiceField(choices=Change.Kind.choices, read_only=True)
    effective_at = serializers.DateTimeField(read_only=True)
    type = serializers.SerializerMethodField()
    uuid = serializers.UUIDField(source="entry_uuid", read_only=True)
    slug = serializers.CharField(read_only=True)
    region = serializers.CharField(read_only=True)
    region_before = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()
    api_url = serializers.SerializerMethodField()

    def get_fields(self) -> dict[str, Any]:
        names = serializers.SerializerMethodField(method_name="changed")
        return super().get_fields() | {"fields": names}

    def changed(self, change: Change) -> list[str]:
        return list(change.fields)

    def get_type(self, change: Change) -> str:
        plural, _model = self.context["models"][change.entry_type]
        return str(plural)

    def get_region_before(self, change: Change) -> str | None:
        return change.region_before or None

    def get_url(self, change: Change) -> str | None:
        _plural, model = self.context["models"][change.entry_type]
        return None if change.kind in TOMBSTONES else absolute(reverse(model.address_name, args=[change.slug]))

    def get_api_url(self, change: Change) -> str | None:
        name = f"api:{self.get_type(change)}-detail"
        return None if change.kind in TOMBSTONES else absolute(reverse(name, args=[change.slug]))


class ChangesEndpoint(APIView):
    """`{"results", "next", "previous", "count", "cursor"}`. Two queries; one more to check a region without changes."""

    http_method_names = ["get", "head", "options"]
    models: Mapping[str, type[Any]] = {}
    """Every kind of entry with records of its own, by its plural."""

    def get(self, request: Request) -> HttpResponse:
        query = request._request.GET
        values = read_parameters(query, PARAMETERS)
        refuse_empty(query)
        check_language(values.get("lang", ""))
        limit = read_limit(values.get("limit", ""))
        rows, filters = self._rows(values), clean_query({name: values[name] for name in FILTERS if name in values})
        version: ContentVersion = request._request.content_version  # type: ignore[attr-defined]  # -- the freshness middleware's
        if _is_from_now(values):
            return self._answer([], _present(version, version.pruned_seq), filters, values)
        token = values.get("cursor", "")
        cursor = read_change_cursor(token, filters) if token else ChangeCursor(pruned=version.pruned_seq)
        unread = rows.filter(cursor.unread(), effective_at__lte=version.at, seq__lte=version.seq)
        found = list(unread.order_by("effective_at", "seq")[: limit + 1])
        # Asked after the rows were read: whatever was removed before them is known.
        pruned_at, pruned = ContentState.objects.values_list("pruned_at", "pruned_seq").first() or (None, 0)
        if token and cursor.pruned != pruned and (cursor.at, cursor.seq) < (pruned_at, pruned):
            return _too_late(request, values)
        if not found:
            self._check_region(values.get("region", ""))
        begun = pruned if token else cursor.pruned
        if len(found) <= limit:
            return self._answer(found, _present(version, begun), filters, values)
        last = found[limit - 1]
        reached = ChangeCursor(last.effective_at, last.seq, version.seq, begun)
        return self._answer(found[:limit], reached, filters, values, has_more=True)

    def _rows(self, values: dict[str, str]) -> QuerySet[Change]:
        rows = Change.objects.filter(entry_type__in=[model.type_label() for model in self.models.values()])
        if "type" in values:
            if values["type"] not in self.models:
                names = _("、").join(self.models)
                raise ParameterError("type", _("参数 type 只能是：%(names)s。") % {"names": names})
            rows = rows.filter(entry_type=self.models[values["type"]].type_label())
        if "region" in values:
            if not SLUG.fullmatch(values["region"]):
                raise ParameterError("region", _("参数 region 要写地区的网址名，例如 qijiang。"))
            rows = rows.filter(Q(region=values["region"]) | Q(region_before=values["region"]))
        return rows

    def _check_region(self, slug: str) -> None:
        if slug and not self.models["regions"].objects.published().filter(slug=slug).exists():
            raise ParameterError("region", _("参数 %(name)s 的值 %(value)s 不存在。") % {"name": "region", "value": slug})

    def _answer(
        self, found: list[Change], reached: ChangeCursor, filters: str, values: dict[str, str], *, has_more: bool = False
    ) -> Response:
        context = {"models": {model.type_label(): (plural, model) for plural, model in self.models.items()}}
        token = reached.write(filters)
        kept = {name: value for name, value in values.items() if name not in {"cursor", "from"}}
        following = absolute(f"{self.request.path}?{clean_query(kept, cursor=token)}") if has_more else None
        results = ChangeSerializer(instance=found, many=True, context=context).data  # type: ignore[arg-type]  # -- many
        return Response({"results": results, "next": following, "previous": None, "count": None, "cursor": token})


def changes_route(patterns: Iterable[URLPattern]) -> URLPattern:
    """The address of the changes of all entries that have a list among these addresses."""
    return path("changes/", ChangesEndpoint.as_view(models=listed_entries(patterns)), name="changes")


def listed_entries(patterns: Iterable[URLPattern]) -> dict[str, type[Any]]:
    """The types of entries that have a list among these addresses, by their plural."""
    views = {str(pattern.name): getattr(pattern.callback, "view_class", None) for pattern in patterns}
    models = {name: view.model for name, view in views.items() if isinstance(view, type) and issubclass(view, ListEndpoint)}
    return {name: model for name, model in sorted(models.items()) if issubclass(model, Publishable)}


def _is_from_now(values: dict[str, str]) -> bool:
    if "from" not in values:
        return False
    if values["from"] != "now" or "cursor" in values:
        raise ParameterError("from", _("参数 from 只能是 now，并且不与 cursor 同用。"))
    return True


def _present(version: ContentVersion, begun: int) -> ChangeCursor:
    """Behind everything there is now. It moves only with the content, as the answer itself does."""
    return ChangeCursor(version.last_effective_at or BEGINNING, version.seq, version.seq, begun)


def _too_late(request: Request, values: dict[str, str]) -> HttpResponse:
    kept = {name: values[name] for name in FILTERS if name in values}
    detail = _(
        "这个 cursor 太旧：此后撤下的内容有的已经不再列出。请先从 resync 取新的 cursor，再完整读取 lists 里的各个列表，"
        "替换手里的副本，然后用新的 cursor 继续。"
    )
    more = {
        "resync": absolute(f"{request.path}?{clean_query({**kept, 'from': 'now'})}"),
        "lists": absolute(reverse("api:index")),
    }
    return problem(request._request, 410, _("离上次读取太久了"), detail, **more)
