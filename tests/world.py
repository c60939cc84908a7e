"""A small world in which every public entry is tied, in every way there is, to entries that readers must not see."""

import datetime
from itertools import product
from typing import Any

from policies.models import Benefit, Clause, Policy, PolicyIssuer, PolicyRelation, Service, ServiceBasis, ServicePoint
from portal.publishing.models import State
from regions.models import Figure, Indicator, Organisation, Photo, PhotoUse, Region, RegionMembership, Source, Topic
from tests import factories as make

SECRET = "密件"
HIDDEN: dict[str, dict[str, Any]] = {
    "draft": {"state": State.DRAFT},
    "review": {"state": State.REVIEW},
    "approved": {"state": State.APPROVED},
    "withdrawn": {"state": State.WITHDRAWN, "withdrawn_reason": "公开的理由"},
    "scheduled": {"visible_from": make.FAR_OFF},
    "expired": {"visible_from": make.LONG_AGO, "visible_until": make.LONG_AGO + datetime.timedelta(days=1)},
}
NAMES: dict[Any, tuple[str, ...]] = {
    Region: ("name", "short_name", "name_en", "summary"),
    Topic: ("name", "name_en"),
    Source: ("title", "title_en", "outlet"),
    Organisation: ("name", "name_en", "summary"),
    Indicator: ("name", "name_en", "definition"),
    Figure: ("as_published", "scope_note", "discrepancy_note"),
    Photo: ("caption", "caption_en", "credit"),
    Policy: ("title", "title_en", "summary", "body"),
    Service: ("name", "name_en", "summary"),
}


def make_hidden(model: Any, how: str, number: int, **fields: Any) -> Any:
    texts = dict.fromkeys(NAMES[model], f"{SECRET}{number}")
    slug = f"secret-{model._meta.model_name}-{how}"
    if model is Region:
        return make.make_region(slug, **texts, **HIDDEN[how], **fields)
    return make.MAKERS[model](slug=slug, **texts, **HIDDEN[how], **fields)


def build_world() -> dict[Any, Any]:
    """Return the public entry of each type; around them stand the hidden ones."""
    public = _public()
    for number, (model, how) in enumerate(product(NAMES, HIDDEN)):
        _tie(public, model, make_hidden(model, how, number, **_uses(public, model)))
    _add_copies(public)
    return public


def _public() -> dict[Any, Any]:
    region = make.make_region("qijiang")
    topic = make.make_topic(slug="housing", parent=make.make_topic(slug="living", name="生活", name_en="Living"))
    source = make.make_source(slug="report")
    office = make.make_organisation(slug="office", source=source)
    indicator = make.make_indicator(slug="talent", topic=topic)
    figure = make.make_figure(slug="talent-2021", indicator=indicator, source=source, organisation=office, is_key=True)
    photo = make.make_photo(slug="tower", source=source)
    policy = make.make_policy(slug="apartments", topics=[topic], issuers=[office], figures=[figure], source=source)
    service = make.make_service(slug="hall", topics=[topic], provider=office, source=source)
    make.make_benefit(slug="rent", policy=policy, service=service)
    Clause.objects.create(policy=policy, number="1", text="第一条的内容")
    ServiceBasis.objects.create(service=service, policy=policy)
    for entry in (region, policy, service):
        PhotoUse.objects.create(entry=entry, photo=photo)
    return {
        Region: region,
        Topic: topic,
        Source: source,
        Organisation: office,
        Indicator: indicator,
        Figure: figure,
        Photo: photo,
        Policy: policy,
        Service: service,
    }


def _uses(public: dict[Any, Any], model: Any) -> dict[str, Any]:
    """Relations that a hidden entry of a type has to public ones."""
    source = public[Source]
    return {
        Region: {"parent": make.make_region("chongqing"), "source": source},
        Topic: {"parent": public[Topic].parent},
        Organisation: {"parent": public[Organisation], "source": source},
        Indicator: {"topic": public[Topic]},
        Figure: {"indicator": public[Indicator], "source": source, "part_of": public[Figure], "is_key": True},
        Photo: {"source": source},
        Policy: {"topics": [public[Topic]], "issuers": [public[Organisation]], "figures": [public[Figure]], "source": source},
        Service: {"topics": [public[Topic]], "provider": public[Organisation], "source": source},
    }.get(model, {})


def _tie(public: dict[Any, Any], model: Any, secret: Any) -> None:
    """Relations that public entries have to a hidden one."""
    TIES[model](public, secret)


def _tie_region(public: dict[Any, Any], secret: Region) -> None:
    RegionMembership.objects.create(member=public[Region], group=secret, kind="statistical")
    ServicePoint.objects.create(service=public[Service], name="窗口", region=secret)
    make.make_figure(rank_among=secret, indicator=public[Indicator], source=public[Source])


def _tie_topic(public: dict[Any, Any], secret: Topic) -> None:
    public[Policy].topics.add(secret)
    public[Service].topics.add(secret)
    make.make_indicator(topic=secret)


def _tie_source(public: dict[Any, Any], secret: Source) -> None:
    make.make_figure(source=secret, indicator=public[Indicator])
    make.make_policy(source=secret)
    make.make_service(source=secret)


def _tie_organisation(public: dict[Any, Any], secret: Organisation) -> None:
    PolicyIssuer.objects.create(policy=public[Policy], organisation=secret)
    make.make_service(provider=secret)
    make.make_organisation(parent=secret, branch_of=secret)
    make.make_figure(organisation=secret, indicator=public[Indicator], source=public[Source])
    Region.objects.filter(pk=public[Region].pk).update(talent_office=secret)


def _tie_indicator(public: dict[Any, Any], secret: Indicator) -> None:
    figure = make.make_figure(indicator=secret, source=public[Source], as_published=SECRET, is_key=True)
    public[Policy].figures.add(figure)


def _tie_figure(public: dict[Any, Any], secret: Figure) -> None:
    public[Policy].figures.add(secret)
    make.make_figure(part_of=secret, indicator=public[Indicator], source=public[Source])


def _tie_photo(public: dict[Any, Any], secret: Photo) -> None:
    for model in (Region, Policy, Service):
        PhotoUse.objects.create(entry=public[model], photo=secret)


def _tie_policy(public: dict[Any, Any], secret: Policy) -> None:
    PolicyRelation.objects.create(policy=public[Policy], kind="implements", target=secret)
    PolicyRelation.objects.create(policy=secret, kind="interprets", target=public[Policy])
    ServiceBasis.objects.create(service=public[Service], policy=secret)
    make.make_benefit(policy=secret, slug=f"secret-{secret.slug}", name=f"{SECRET}待遇", service=public[Service])
    Clause.objects.create(policy=secret, number="1", text=f"{SECRET}条文")
    PhotoUse.objects.create(entry=secret, photo=public[Photo])


def _tie_service(public: dict[Any, Any], secret: Service) -> None:
    ServiceBasis.objects.create(service=secret, policy=public[Policy])
    Benefit.objects.filter(policy=public[Policy]).update(service=secret)
    make.make_benefit(policy=public[Policy], service=secret)
    PhotoUse.objects.create(entry=secret, photo=public[Photo])


TIES = {
    Region: _tie_region,
    Topic: _tie_topic,
    Source: _tie_source,
    Organisation: _tie_organisation,
    Indicator: _tie_indicator,
    Figure: _tie_figure,
    Photo: _tie_photo,
    Policy: _tie_policy,
    Service: _tie_service,
}


def _add_copies(public: dict[Any, Any]) -> None:
    """A working copy of every public entry: the same address and identity, published state, secret words."""
    for model, entry in public.items():
        copy = model.objects.get(pk=entry.pk)
        copy.pk, copy._state.adding, copy.copy_of_id = None, True, entry.pk
        setattr(copy, NAMES[model][0], f"{SECRET}副本")
        copy.save()
