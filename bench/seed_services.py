"""Services with the points where they are given, what to bring and how they are handled."""

from datetime import date

from policies.models import Service, ServiceMaterial, ServicePoint, ServiceStep

from .rows import insert_rows
from .seed_figures import use_photos
from .stock import Stock, in_chunks
from .words import GIVE, OFFICE, THEMES, WHERE, english, paragraph

MATERIALS = ["身份证明", "学历证书", "劳动合同", "社会保险缴费记录", "申请表", "职称证书", "收入证明"]
STEPS = ["受理", "审核", "公示", "办结"]
SERVICE_KINDS = tuple(Service.Kind.values)
SERVICE_AUDIENCES = tuple(Service.Audience.values)
SERVICE_STATUSES = tuple(Service.Status.values)


def seed_services(stock: Stock, count: int) -> None:
    in_chunks(stock, stock.services, count, _service, _children)


def _service(stock: Stock, number: int) -> Service:
    rng, region = stock.rng, stock.place()
    service = Service(slug=f"{region.slug}-service-{number}", region=region, applies_below=region.parent_id is None)
    service.name, service.name_en = f"{region.short_name}{rng.choice(THEMES)}办理", f"{region.name_en} talent service {number}"
    service.kind, service.audience = rng.choice(SERVICE_KINDS), rng.choice(SERVICE_AUDIENCES)
    service.status = rng.choice(SERVICE_STATUSES) if stock.chance(5) else Service.Status.ACTIVE
    service.summary = f"为申请{rng.choice(GIVE)}的人员提供办理服务。{paragraph(rng, 1)}"
    service.summary_en = english(rng, 1) if stock.chance(3) else ""
    service.legal_days, service.promised_days, service.day_unit = 20, rng.randrange(3, 15), Service.DayUnit.WORKING
    service.fee, service.modes, service.onsite_visits = Service.Fee.NONE, "窗口办理、网上办理", 1
    service.consult = f"023-4{rng.randrange(10**6, 10**7)}"
    service.provider_id, service.source_id = stock.pick(stock.organisations), stock.pick(stock.sources)
    return service


def _children(stock: Stock, services: list[Service]) -> None:
    child = stock.writer.child
    insert_rows(child(_point(stock, service)) for service in services)
    insert_rows(
        child(ServiceMaterial(service=service, name=name, position=n))
        for service in services
        for n, name in enumerate(stock.rng.sample(MATERIALS, 3))
    )
    insert_rows(
        child(ServiceStep(service=service, name=name, position=n)) for service in services for n, name in enumerate(STEPS[:3])
    )
    through = Service.topics.through
    insert_rows(through(service_id=service.pk, topic_id=topic) for service in services for topic in stock.some(stock.topics, 2))
    use_photos(stock, Service, [service.pk for service in services if stock.chance(10)])


def _point(stock: Stock, service: Service) -> ServicePoint:
    rng = stock.rng
    return ServicePoint(
        service=service, name=f"{rng.choice(WHERE)}{rng.choice(OFFICE)}窗口", address=f"{service.region.short_name}人民路{rng.randrange(1, 300)}号",
        region=service.region, opening_hours="周一至周五 09:00-12:00,14:00-17:30", phones=service.consult,
        latitude="29.028000", longitude="106.651000", last_verified_on=date(2025, 6, 1),
    )  # fmt: skip
