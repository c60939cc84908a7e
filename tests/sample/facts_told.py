"""The programmes, events and stories of the two reports, written down from the reports and not from the sample."""

from typing import NamedTuple


class ProgrammeFact(NamedTuple):
    slug: str
    region: str
    kind: str
    level: str = ""
    part_of: str = ""
    figures: frozenset[str] = frozenset()


class EventFact(NamedTuple):
    slug: str
    region: str
    kind: str
    is_recurring: bool = False
    starts: str = ""
    ends: str = ""
    figures: frozenset[str] = frozenset()


def counted(*slugs: str) -> frozenset[str]:
    return frozenset(slugs)


PROGRAMMES = (
    ProgrammeFact(
        "chongqing-talent-plan", "chongqing", "plan", "municipal", "",
        counted("xiushan-talent-plan-teams", "xiushan-talent-plan-skilled-leaders-2021"),
    ),
    ProgrammeFact(
        "chongqing-talent-plan-innovation-teams", "chongqing", "studio", "municipal", "chongqing-talent-plan",
        counted("xiushan-talent-plan-teams"),
    ),
    ProgrammeFact(
        "chongqing-talent-plan-skilled-leaders", "chongqing", "title", "municipal", "chongqing-talent-plan",
        counted("xiushan-talent-plan-skilled-leaders-2021"),
    ),
    ProgrammeFact("outstanding-quality-control-centre", "chongqing", "honour", "municipal"),
    ProgrammeFact(
        "qijiang-flexible-recruitment", "qijiang", "plan", "", "",
        counted("qijiang-flexible-recruits", "qijiang-strategic-industries"),
    ),
    ProgrammeFact("qijiang-talent-enclaves", "qijiang", "plan", "", "qijiang-flexible-recruitment"),
    ProgrammeFact("qijiang-craftsmen-selection", "qijiang", "title", "district", "", counted("qijiang-craftsmen")),
    ProgrammeFact(
        "qijiang-academic-leaders-selection", "qijiang", "title", "district", "", counted("qijiang-academic-leaders")
    ),
    ProgrammeFact("qijiang-think-tank", "qijiang", "project", "district", "", counted("qijiang-think-tank-experts")),
    ProgrammeFact(
        "qijiang-master-studios", "qijiang", "studio", "", "", counted("qijiang-education-studios", "qijiang-teachers-mentored")
    ),
    ProgrammeFact(
        "qijiang-medical-studios", "qijiang", "studio", "", "", counted("qijiang-medical-studios", "qijiang-medics-mentored")
    ),
    ProgrammeFact("qijiang-training-bases", "qijiang", "training", "", "", counted("qijiang-training-bases")),
    ProgrammeFact("xiushan-xiucai", "xiushan", "plan", "district"),
    ProgrammeFact("xiushan-local-talent-plan", "xiushan", "plan", "district", "xiushan-xiucai"),
    ProgrammeFact("xiushan-scarce-talent-plan", "xiushan", "training", "district", "xiushan-xiucai"),
    ProgrammeFact("xiushan-industry-talent-plan", "xiushan", "plan", "district", "xiushan-xiucai"),
    ProgrammeFact(
        "xiushan-new-farmers", "xiushan", "training", "district", "",
        counted("xiushan-mentor-team", "xiushan-certified-lecturers", "xiushan-e-commerce-trainees"),
    ),
    ProgrammeFact("xiushan-rural-e-commerce-plan", "xiushan", "training"),
    ProgrammeFact("xiushan-entrepreneurship-plan", "xiushan", "plan"),
    ProgrammeFact(
        "xiushan-county-project-selection", "xiushan", "project", "district", "", counted("xiushan-county-talent-projects")
    ),
    ProgrammeFact(
        "xiushan-returnee-programme", "xiushan", "plan", "district", "",
        counted("xiushan-returnees", "xiushan-returnees-elected"),
    ),
    ProgrammeFact(
        "xiushan-graduate-recruitment", "xiushan", "plan", "district", "",
        counted("xiushan-public-recruits", "xiushan-bachelor-share"),
    ),
    ProgrammeFact("top-hundred-western-counties", "xiushan", "honour"),
)  # fmt: skip

EVENTS = (
    EventFact("qijiang-gear-forum", "qijiang", "forum", True),
    EventFact("qijiang-aluminium-forum", "qijiang", "forum", True),
    EventFact("qijiang-zhichuang", "qijiang", "forum", True),
    EventFact("qijiang-gujian-forum", "qijiang", "forum", True),
    EventFact("qijiang-security-valley-round-table", "qijiang", "forum"),
    EventFact("qijiang-high-tech-cup", "qijiang", "competition"),
    EventFact("qijiang-training-courses", "qijiang", "training", True),
    EventFact("qijiang-finance-matching-meetings", "qijiang", "matchmaking"),
    EventFact("qijiang-three-in-one", "qijiang", "other"),
    EventFact("qijiang-talent-work-meetings", "qijiang", "meeting", True),
    EventFact(
        "xiushan-study-class-2021", "xiushan", "training", False, "2021-07-19", "2021-07-24", counted("xiushan-study-class-2021")
    ),
    EventFact(
        "xiushan-study-programmes", "xiushan", "training", True, "2019", "", counted("xiushan-study-programme-experts")
    ),
    EventFact(
        "xiushan-rotation-courses", "xiushan", "training", True,
        figures=counted("xiushan-training-courses", "xiushan-training-attendance"),
    ),
    EventFact("xiushan-tcm-visiting-clinic", "xiushan", "visit"),
    EventFact(
        "xiushan-technology-policy-talks", "xiushan", "visit",
        figures=counted("xiushan-technology-firms", "xiushan-high-tech-enterprises"),
    ),
)  # fmt: skip

PEOPLE = {
    "qijiang-overview-2021": ("綦江区委组织部相关负责人",),
    "xiushan-overview-2021": ("秀山县委组织部相关负责人", "教师石国权", "正高级人才陈仕高", "车玉昕"),
    "xiushan-e-commerce-2021": ("车玉昕",),
}
"""Whom the stories name, with the capacity in which the reports do."""
