"""A small world in which every public entry is tied, in every way there is, to entries that readers must not see."""

import datetime
from itertools import product
from typing import Any

from policies.models import (
    Benefit,
    Clause,
    Policy,
    PolicyIssuer,
    PolicyRelation,
    Programme,
    Service,
    ServiceBasis,
    ServicePoint,
)
from portal.publishing.changes import followed_together
from portal.publishing.models import State
from portal.text.partial_date import parse_partial_date
from regions.models import (
    Attached,
    Attachment,
    Event,
    Figure,
    FigureMention,
    Illustrated,
    Indicator,
    Organisation,
    Photo,
    PhotoUse,
    Region,
    RegionMembership,
    Source,
    Story,
    TellsFigures,
    Topic,
)
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
    Programme: ("name", "name_en", "summary", "quota_text"),
    Event: ("name", "name_en", "summary", "place", "recurrence"),
    Story: ("headline", "headline_en", "kicker", "subhead", "author", "body"),
}
THEN = "当时的说法"
"""What a figure that is hidden now was said to be when a public text first named it."""


def make_hidden(model: Any, how: str, number: int, **fields: Any) -> Any:
    texts = dict.fromkeys(NAMES[model], f"{SECRET}{number}")
    slug = f"secret-{model._meta.model_name}-{how}"
    if model is Region:
        return make.make_region(slug, **texts, **HIDDEN[how], **fields)
    return make.MAKERS[model](slug=slug, **texts, **HIDDEN[how], **fields)


def build_world() -> dict[Any, Any]:
    """Return the public entry of each type; around them stand the hidden ones."""
    with followed_together():
        return _build_world()


def _build_world() -> dict[Any, Any]:
    public = _public()
    for number, (model, how) in enumerate(product(NAMES, HIDDEN)):
        secret = make_hidden(model, how, number, **_uses(public, model))
        _tie(public, model, secret)
        if isinstance(secret, Illustrated):
            PhotoUse.objects.create(entry=secret, photo=public[Photo])
        if isinstance(secret, Attached):
            _attach(secret, f"{SECRET}附件", number)
    _name_figures(public)
    _add_copies(public)
    return public


def _public() -> dict[Any, Any]:
    region = make.make_region("qijiang")
    topic = make.make_topic(slug="housing", parent=make.make_topic(slug="living", name="生活", name_en="Living"))
    source = make.make_source(slug="report")
    office = make.make_organisation(slug="office", source=source, topics=[topic])
    indicator = make.make_indicator(slug="talent", topic=topic)
    figure = make.make_figure(slug="talent-2021", indicator=indicator, source=source, organisation=office, is_key=True)
    photo = make.make_photo(slug="tower", source=source)
    make.make_figure(slug="share-2021", indicator=indicator, source=source, part_of=figure)
    story = make.make_story(slug="hall-story", topics=[topic], source=source)
    policy = make.make_policy(
        slug="apartments", topics=[topic], issuers=[office], figures=[figure], stories=[story], source=source
    )
    plan = make.make_programme(
        slug="plan", region=region, topics=[topic], policies=[policy], stories=[story], figures=[figure], issuer=office,
        source=source, level="district", starts=parse_partial_date("2021"),
    )  # fmt: skip
    make.make_programme(slug="plan-part", region=region, topics=[topic], part_of=plan, ends=parse_partial_date("2022"))
    event = make.make_event(
        slug="forum", topics=[topic], organisers=[office], figures=[figure], source=source, is_recurring=True,
        starts=parse_partial_date("2021-07-19"), ends=parse_partial_date("2021-07-24"),
    )  # fmt: skip
    service = make.make_service(slug="hall", topics=[topic], provider=office, source=source)
    make.make_benefit(slug="rent", policy=policy, service=service)
    Clause.objects.create(policy=policy, number="1", text="第一条的内容")
    ServiceBasis.objects.create(service=service, policy=policy)
    for entry in (region, policy, service, plan, event, story):
        PhotoUse.objects.create(entry=entry, photo=photo)
    for number, entry in enumerate((policy, service, plan)):
        _attach(entry, "申请表", 900 + number)
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
        Programme: plan,
        Event: event,
        Story: story,
    }


def _attach(entry: Any, title: str, number: int) -> None:
    Attachment.objects.create(entry=entry, title=title, kind=Attachment.Kind.PDF, sha256=f"{number:064x}", size=1)


def _uses(public: dict[Any, Any], model: Any) -> dict[str, Any]:
    """Relations that a hidden entry of a type has to public ones."""
    source, office = public[Source], public[Organisation]
    shared = {"topics": [public[Topic]], "source": source}
    return {
        Region: {"parent": make.make_region("chongqing"), "source": source},
        Topic: {"parent": public[Topic].parent},
        Organisation: {"parent": office, **shared},
        Indicator: {"topic": public[Topic]},
        Figure: {"indicator": public[Indicator], "source": source, "part_of": public[Figure], "is_key": True},
        Photo: {"source": source},
        Policy: {"issuers": [office], "figures": [public[Figure]], "stories": [public[Story]], **shared},
        Service: {"provider": office, **shared},
        Programme: {
            "issuer": office,
            "part_of": public[Programme],
            "policies": [public[Policy]],
            "stories": [public[Story]],
            "figures": [public[Figure]],
            **shared,
        },
        Event: {"organisers": [office], "figures": [public[Figure]], **shared},
        Story: shared,
    }.get(model, {})


def _tie(public: dict[Any, Any], model: Any, secret: Any) -> None:
    """Relations that public entries have to a hidden one."""
    TIES[model](public, secret)


def _tie_region(public: dict[Any, Any], secret: Region) -> None:
    RegionMembership.objects.create(member=public[Region], group=secret, kind="statistical")
    ServicePoint.objects.create(service=public[Service], name="窗口", region=secret)
    make.make_figure(rank_among=secret, indicator=public[Indicator], source=public[Source])


def _tie_topic(public: dict[Any, Any], secret: Topic) -> None:
    for model in (Policy, Service, Programme, Event, Story, Organisation):
        public[model].topics.add(secret)
    make.make_indicator(topic=secret)


def _tie_source(public: dict[Any, Any], secret: Source) -> None:
    make.make_figure(source=secret, indicator=public[Indicator])
    make.make_policy(source=secret)
    make.make_service(source=secret)
    make.make_programme(source=secret)
    make.make_event(source=secret)
    make.make_story(source=secret)


def _tie_organisation(public: dict[Any, Any], secret: Organisation) -> None:
    PolicyIssuer.objects.create(policy=public[Policy], organisation=secret)
    make.make_service(provider=secret)
    make.make_programme(issuer=secret)
    public[Event].organisers.add(secret)
    make.make_organisation(parent=secret, branch_of=secret)
    make.make_figure(organisation=secret, indicator=public[Indicator], source=public[Source])
    Region.objects.filter(pk=public[Region].pk).update(talent_office=secret)


def _tie_indicator(public: dict[Any, Any], secret: Indicator) -> None:
    figure = make.make_figure(indicator=secret, source=public[Source], as_published=SECRET, is_key=True)
    _tie_figure(public, figure)


def _tie_figure(public: dict[Any, Any], secret: Figure) -> None:
    for model in (Policy, Programme, Event):
        public[model].figures.add(secret)
    make.make_figure(part_of=secret, indicator=public[Indicator], source=public[Source])


def _tie_photo(public: dict[Any, Any], secret: Photo) -> None:
    for entry in public.values():
        if isinstance(entry, Illustrated):
            PhotoUse.objects.create(entry=entry, photo=secret)


def _tie_policy(public: dict[Any, Any], secret: Policy) -> None:
    PolicyRelation.objects.create(policy=public[Policy], kind="implements", target=secret)
    PolicyRelation.objects.create(policy=secret, kind="interprets", target=public[Policy])
    ServiceBasis.objects.create(service=public[Service], policy=secret)
    make.make_benefit(policy=secret, slug=f"secret-{secret.slug}", name=f"{SECRET}待遇", service=public[Service])
    Clause.objects.create(policy=secret, number="1", text=f"{SECRET}条文")
    public[Programme].policies.add(secret)


def _tie_service(public: dict[Any, Any], secret: Service) -> None:
    ServiceBasis.objects.create(service=secret, policy=public[Policy])
    Benefit.objects.filter(policy=public[Policy]).update(service=secret)
    make.make_benefit(policy=public[Policy], service=secret)


def _tie_programme(public: dict[Any, Any], secret: Programme) -> None:
    make.make_programme(part_of=secret)


def _tie_event(public: dict[Any, Any], secret: Event) -> None:
    """Nothing points to an event; what it points to is in `_uses`."""


def _tie_story(public: dict[Any, Any], secret: Story) -> None:
    public[Policy].stories.add(secret)
    public[Programme].stories.add(secret)


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
    Programme: _tie_programme,
    Event: _tie_event,
    Story: _tie_story,
}


def _name_figures(public: dict[Any, Any]) -> None:
    """Every public text names the public figure, and as many hidden ones as it has room for, in the words of their day."""
    hidden = [figure for figure in Figure.objects.all() if figure.as_published.startswith(SECRET)]
    for entry in public.values():
        if not isinstance(entry, TellsFigures):
            continue
        for name in entry.telling_fields:
            for figure in [public[Figure], *hidden]:
                longer = f"{getattr(entry, name)}{{{{figure:{figure.slug}}}}}。"
                if len(longer) <= entry._meta.get_field(name).max_length:
                    setattr(entry, name, longer)
        make.save(entry)
        FigureMention.objects.filter(figure__in=hidden).update(words=THEN)


def _add_copies(public: dict[Any, Any]) -> None:
    """A working copy of every public entry: the same address and identity, published state, secret words."""
    for model, entry in public.items():
        copy = model.objects.get(pk=entry.pk)
        copy.pk, copy._state.adding, copy.copy_of_id = None, True, entry.pk
        setattr(copy, NAMES[model][0], f"{SECRET}副本")
        copy.save()
