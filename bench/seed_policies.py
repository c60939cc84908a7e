"""Policies with a body of about 1,500 characters, clauses, three benefits, issuers and topics."""

from datetime import date, timedelta
from typing import Any

from policies.models import Benefit, Clause, Policy, PolicyIssuer, PolicyRelation, ServiceBasis
from portal.text.partial_date import Precision, partial_date

from .rows import insert_rows
from .seed_figures import use_photos
from .stock import Stock, in_chunks
from .words import GIVE, HEADINGS, IF, body, english, paragraph, title

BODIES = 200
FORMS = tuple(Policy.Genre.values[:4])
DAYS = (date(2025, 12, 1) - date(2016, 1, 1)).days
LINKED = ("based_on", "implements", "interprets", "part_of")
POLICY_KINDS = tuple(Policy.Kind.values)
POLICY_ORGAN_TYPES = tuple(Policy.OrganType.values)
BENEFIT_KINDS = tuple(Benefit.Kind.values)
BENEFIT_BENEFICIARIES = tuple(Benefit.Beneficiary.values)
BENEFIT_MODES = tuple(Benefit.Mode.values)


def seed_policies(stock: Stock, count: int) -> None:
    stock.bodies = [body(stock.rng) for _ in range(min(BODIES, count))]
    in_chunks(stock, stock.policies, count, _policy, _children)


def seed_bases(stock: Stock) -> None:
    """The policy every third service rests on."""
    chosen = [(service, stock.pick(stock.policies)) for service in stock.services if stock.chance(3)]
    rows = (ServiceBasis(service_id=service, policy_id=policy) for service, policy in chosen)
    insert_rows(stock.writer.child(row) for row in rows)


def _policy(stock: Stock, number: int) -> Policy:
    rng, region = stock.rng, stock.place()
    policy = Policy(slug=f"{region.slug}-policy-{number}", region=region, applies_below=region.parent_id is None)
    name, name_en = title(rng, region.short_name, region.name_en)
    policy.title, policy.title_en = name, name_en if stock.chance(2) else ""
    policy.kind, policy.genre = rng.choice(POLICY_KINDS), rng.choice(FORMS)
    policy.organ_type = rng.choice(POLICY_ORGAN_TYPES)
    policy.summary, policy.summary_en = paragraph(rng, 2), english(rng, 1) if stock.chance(3) else ""
    policy.body = rng.choice(stock.bodies)
    policy.source_id = stock.pick(stock.sources)
    _number(policy, number)
    _dates(stock, policy)
    return policy


def _number(policy: Policy, number: int) -> None:
    if number % 5:
        policy.doc_number_status = Policy.NumberStatus.GIVEN
        policy.doc_code, policy.doc_year, policy.doc_seq = "渝人才发", 2016 + number % 10, 1 + number // 10


def _dates(stock: Stock, policy: Policy) -> None:
    signed = date(2016, 1, 1) + timedelta(days=stock.rng.randrange(DAYS))
    policy.signed_on = partial_date(signed, Precision.DAY)
    policy.published_on = partial_date(signed, Precision.MONTH if stock.chance(6) else Precision.DAY)
    if not stock.chance(8):
        policy.effective_from = signed + timedelta(days=30)
    if not stock.chance(3):
        policy.effective_until = signed + timedelta(days=30 + 365 * stock.rng.randrange(1, 6))
    if stock.chance(40):
        policy.validity_override, policy.validity_reason = "repealed", "清理规范性文件时宣布废止"


def _children(stock: Stock, policies: list[Policy]) -> None:
    child = stock.writer.child
    insert_rows(child(row) for policy in policies for row in _clauses(stock, policy))
    insert_rows(child(row) for policy in policies for row in _benefits(stock, policy))
    insert_rows(
        PolicyIssuer(policy=policy, organisation_id=organisation, position=n)
        for policy in policies
        for n, organisation in enumerate(stock.some(stock.organisations, 2 if stock.chance(4) else 1))
    )
    _link(Policy.topics.through, "topic_id", [(policy, pk) for policy in policies for pk in stock.some(stock.topics, 2)])
    _link(Policy.figures.through, "figure_id", [(policy, stock.pick(stock.figures)) for policy in policies if stock.chance(3)])
    insert_rows(child(row) for row in _relations(stock, policies))
    use_photos(stock, Policy, [policy.pk for policy in policies if stock.chance(5)])


def _clauses(stock: Stock, policy: Policy) -> list[Clause]:
    return [
        Clause(policy=policy, number=str(n), position=n, heading=HEADINGS[n], text=paragraph(stock.rng, 2)) for n in range(1, 5)
    ]


def _benefits(stock: Stock, policy: Policy) -> list[Benefit]:
    rng = stock.rng
    return [
        Benefit(
            slug=f"{policy.slug}-b{n}", policy=policy, position=n, name=rng.choice(GIVE), name_en="Support" if policy.title_en else "",
            kind=rng.choice(BENEFIT_KINDS), beneficiary=rng.choice(BENEFIT_BENEFICIARIES), mode=rng.choice(BENEFIT_MODES),
            amount_max=rng.randrange(1, 500) * 1000, conditions=f"{rng.choice(IF)}。",
            service_id=stock.pick(stock.services) if stock.chance(5) else None,
        )
        for n in range(3)
    ]  # fmt: skip


def _relations(stock: Stock, policies: list[Policy]) -> list[PolicyRelation]:
    """One policy in five follows an earlier one; nothing here repeals or amends, so no date of force changes."""
    chosen = [policy for policy in policies if policy.pk > 1 and stock.chance(5)]
    return [PolicyRelation(policy=p, kind=stock.rng.choice(LINKED), target_id=stock.rng.randrange(1, p.pk)) for p in chosen]


def _link(through: Any, other: str, pairs: list[tuple[Policy, int]]) -> None:
    insert_rows(through(policy_id=policy.pk, **{other: pk}) for policy, pk in pairs)
