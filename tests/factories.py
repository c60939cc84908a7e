"""Make the least valid object of each kind. Qijiang and Xiushan are the cast."""

import datetime
from contextvars import ContextVar
from decimal import Decimal
from itertools import count
from typing import Any

from policies.models import Benefit, Policy, PolicyIssuer, Programme, Service
from portal.publishing.lifecycle import finish_entry, save_entry
from portal.publishing.models import Publishable, State
from portal.text.partial_date import parse_partial_date
from regions.models import Event, Figure, Indicator, Organisation, Photo, Region, Source, Story, Topic

_numbers = count(1)
usual_state = ContextVar("usual_state", default=State.PUBLISHED)
"""Of what is made without a state; tests of forms make drafts. Regions are public in any case."""
is_told = ContextVar("is_told", default=True)
"""Whether history, feeds and search learn of what is made. Not for a test of what stands on a page: it is most of the work."""


def save(entry: Publishable, **many: list[Any]) -> Any:
    """Write an entry by the ordinary path; `many` are its many-to-many values."""
    save_entry(entry, by=None)
    for name, values in many.items():
        getattr(entry, name).set(values)
    if is_told.get():
        finish_entry(entry)
    else:
        settle(entry)
    return entry


def settle(entry: Any) -> None:
    """Write what follows from an entry, in its own rows and in those of others."""
    entry.settle()
    for other in entry.dependents():
        if other.rederive():
            other.save()
            settle(other)


def _fields(fields: dict[str, Any], **defaults: Any) -> dict[str, Any]:
    return {"slug": f"n{next(_numbers)}", "state": usual_state.get()} | defaults | fields


def make_region(slug: str = "qijiang", **fields: Any) -> Region:
    if found := Region.objects.filter(slug=slug, copy_of=None).first():
        return found
    names = {
        "qijiang": ("綦江区", "Qijiang District"),
        "xiushan": ("秀山县", "Xiushan County"),
        "chongqing": ("重庆市", "Chongqing"),
    }
    name, name_en = names.get(slug, (f"地区{slug}", f"Region {slug}"))
    if slug in {"qijiang", "xiushan"} and "parent" not in fields:
        fields["parent"] = make_region("chongqing", kind=Region.Kind.MUNICIPALITY)
    defaults = {
        "slug": slug,
        "state": State.PUBLISHED,
        "name": name,
        "short_name": name,
        "name_en": name_en,
        "kind": Region.Kind.DISTRICT,
    }
    return save(Region(**_fields(fields, **defaults)))


def make_topic(**fields: Any) -> Topic:
    return save(Topic(**_fields(fields, region=fields.get("region") or make_region("chongqing"), name="住房", name_en="Housing")))


def make_source(**fields: Any) -> Source:
    defaults = {"region": fields.get("region") or make_region(), "title": "一篇报道", "kind": Source.Kind.PRESS}
    return save(Source(**_fields(fields, **defaults)))


def make_organisation(**fields: Any) -> Organisation:
    topics = fields.pop("topics", [])
    defaults = {"region": fields.get("region") or make_region(), "name": "区委组织部", "kind": Organisation.Kind.OFFICE}
    return save(Organisation(**_fields(fields, **defaults)), topics=topics)


def make_indicator(**fields: Any) -> Indicator:
    defaults = {
        "region": fields.get("region") or make_region("chongqing"),
        "name": "人才总量",
        "name_en": "Total talent",
        "definition": "某一时点的人才人数",
        "unit": "人",
        "measure": Indicator.Measure.STOCK,
    }
    return save(Indicator(**_fields(fields, **defaults)))


def make_figure(**fields: Any) -> Figure:
    defaults = {
        "region": fields.get("region") or make_region(),
        "indicator": fields.get("indicator") or make_indicator(),
        "source": fields.get("source") or make_source(),
        "value": Decimal(160_000),
        "qualifier": "over",
        "as_published": "超过16万人",
        "as_of": parse_partial_date("2021-H2"),
        "as_of_basis": Figure.Basis.STATED,
    }
    return save(Figure(**_fields(fields, **defaults)))


def make_photo(**fields: Any) -> Photo:
    """A photo row with a made-up hash; tests that need bytes upload a picture instead."""
    number = next(_numbers)
    defaults = {
        "region": fields.get("region") or make_region(),
        "caption": "电商大厦",
        "alt": "一座玻璃幕墙的高楼",
        "credit": "区委组织部提供",
        "sha256": f"{number:064x}",
        "width": 1280,
        "height": 800,
    }
    return save(Photo(**_fields(fields, **defaults)))


def make_policy(**fields: Any) -> Policy:
    topics = fields.pop("topics", None)
    issuers = fields.pop("issuers", [])
    many = {name: fields.pop(name, []) for name in ("figures", "stories")}
    defaults = {
        "region": fields.get("region") or make_region(),
        "title": "綦江区人才公寓管理暂行办法",
        "kind": Policy.Kind.MEASURES,
        "issuer_unknown": not issuers,
        "summary": "在綦工作的人才可申请入住。",
    }
    policy = save(Policy(**_fields(fields, **defaults)), topics=[make_topic()] if topics is None else topics, **many)
    PolicyIssuer.objects.bulk_create(
        PolicyIssuer(policy=policy, organisation=issuer, position=n) for n, issuer in enumerate(issuers)
    )
    return policy


def make_benefit(**fields: Any) -> Benefit:
    defaults = {
        "slug": f"n{next(_numbers)}",
        "policy": fields.get("policy") or make_policy(),
        "name": "人才公寓入住",
        "kind": Benefit.Kind.HOUSING,
        "beneficiary": Benefit.Beneficiary.PERSON,
    }
    return Benefit.objects.create(**(defaults | fields))


def make_service(**fields: Any) -> Service:
    topics = fields.pop("topics", [])
    defaults = {
        "region": fields.get("region") or make_region(),
        "name": "人才服务窗口",
        "kind": Service.Kind.WINDOW,
        "audience": Service.Audience.PERSON,
        "summary": "一个厅办完人才事项。",
        "consult": "023-48660000",
    }
    return save(Service(**_fields(fields, **defaults)), topics=topics)


def make_programme(**fields: Any) -> Programme:
    topics = fields.pop("topics", None)
    many = {name: fields.pop(name, []) for name in ("policies", "figures", "stories")}
    defaults = {
        "region": fields.get("region") or make_region("xiushan"),
        "name": "秀山秀才",
        "kind": Programme.Kind.PLAN,
        "summary": "三个计划合成的人才行动计划。",
    }
    return save(Programme(**_fields(fields, **defaults)), topics=[make_topic()] if topics is None else topics, **many)


def make_event(**fields: Any) -> Event:
    many = {name: fields.pop(name, []) for name in ("topics", "organisers", "figures")}
    defaults = {
        "region": fields.get("region") or make_region(),
        "name": "古剑论坛",
        "kind": Event.Kind.FORUM,
        "summary": "常态开展的交流活动。",
    }
    return save(Event(**_fields(fields, **defaults)), **many)


def make_story(**fields: Any) -> Story:
    topics = fields.pop("topics", [])
    defaults = {
        "region": fields.get("region") or make_region(),
        "headline": "一厅办结就业创业事项",
        "body": "窗口在市民服务中心。",
    }
    return save(Story(**_fields(fields, **defaults)), topics=topics)


MAKERS = {
    Region: lambda **fields: make_region(f"place{next(_numbers)}", **fields),
    Topic: make_topic,
    Source: make_source,
    Organisation: make_organisation,
    Indicator: make_indicator,
    Figure: make_figure,
    Photo: make_photo,
    Policy: make_policy,
    Service: make_service,
    Programme: make_programme,
    Event: make_event,
    Story: make_story,
}

LONG_AGO = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
FAR_OFF = datetime.datetime(2900, 1, 1, tzinfo=datetime.UTC)
