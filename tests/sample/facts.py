"""Every number of the two reports, written down from the reports and not from the sample."""

from decimal import Decimal
from typing import NamedTuple


class Fact(NamedTuple):
    slug: str
    value: Decimal
    unit: str
    qualifier: str
    as_published: str
    as_of: str
    kind: str = "actual"
    stage: str = ""


def fact(slug: str, value: int, unit: str, as_published: str, **more: str) -> Fact:
    return Fact(slug, Decimal(value), unit, more.pop("qualifier", "exact"), as_published, more.pop("as_of", "2021-H2"), **more)


QIJIANG = (
    fact("qijiang-talent-total", 160_000, "人", "超过16万人", qualifier="over"),
    fact("qijiang-action-plans", 1, "个", "“1+3”人才政策体系"),
    fact("qijiang-sector-policies", 3, "个", "“1+3”人才政策体系"),
    fact("qijiang-technology-measures", 10, "条", "支持科技创新政策十条"),
    fact("qijiang-national-rd", 5, "家", "国家级研发机构（分部）5家"),
    fact("qijiang-municipal-rd", 58, "家", "市级研发机构58家"),
    fact("qijiang-independent-rd", 23, "家", "独立法人研发机构23家"),
    fact("qijiang-academician-studios", 2, "个", "2个院士工作室"),
    fact("qijiang-postdoctoral-workstations", 5, "个", "5个市级博士后科研工作站"),
    fact("qijiang-skill-master-studios", 4, "个", "4个市级技能大师工作室"),
    fact("qijiang-national-laboratories", 2, "个", "两块“金字招牌”"),
    fact("qijiang-security-valley-projects", 80, "个", "项目80余个", qualifier="and_more"),
    fact("qijiang-partner-universities", 13, "所", "13所市内外高校"),
    fact("qijiang-strategic-industries", 5, "个", "五大战略性新兴产业"),
    fact("qijiang-flexible-recruits", 200, "名", "200余名", qualifier="and_more"),
    fact("qijiang-think-tank-experts", 231, "名", "达231名"),
    fact("qijiang-academic-leaders", 100, "名", "100名"),
    fact("qijiang-introduced-and-trained", 516, "名", "516名"),
    fact("qijiang-training-bases", 5, "个", "高层次人才培养基地5个"),
    fact("qijiang-craftsmen", 35, "名", "35名“渝綦工匠”"),
    fact("qijiang-education-studios", 12, "个", "12个教育系统“三名”工作室"),
    fact("qijiang-teachers-mentored", 156, "名", "156名优秀中青年教师"),
    fact("qijiang-medical-studios", 10, "个", "10个“名医名中医”工作室"),
    fact("qijiang-medics-mentored", 100, "名", "100余名", qualifier="and_more"),
    fact("qijiang-ten-measure-sets", 6, "个", "6个“十条举措”"),
    fact("qijiang-technology-funds", 100_000_000, "元", "1亿元"),
    fact("qijiang-firms-paid-out", 137, "家", "137家企业", stage="paid_out"),
    fact("qijiang-loans-paid-out", 300_000_000, "元", "发放知识价值信用贷款3亿元", stage="paid_out"),
    fact("qijiang-service-counters", 28, "个", "28个服务窗口"),
    fact("qijiang-talent-apartments", 200, "套", "推进200套人才公寓建设", stage="under_construction"),
)

XIUSHAN = (
    fact("xiushan-neighbouring-provinces", 3, "个", "一脚踏三省"),
    fact("xiushan-study-class-2021", 20, "名", "20名正高级专业技术人才", as_of="2021-07-24"),
    fact("xiushan-study-programme-experts", 117, "名", "117名各行业专家人才"),
    fact("xiushan-training-courses", 233, "期", "233期"),
    fact("xiushan-training-attendance", 25_000, "人次", "2.5万人次"),
    fact("xiushan-mentor-team", 5, "人", "北京导师团队5人", as_of="2012"),
    fact("xiushan-certified-lecturers", 28, "人", "28人", as_of="2021"),
    fact("xiushan-e-commerce-trainees", 60_000, "人", "6万余人", qualifier="and_more", as_of="2021"),
    fact("xiushan-scarce-graduates", 8, "名", "8名"),
    fact("xiushan-talent-funding", 4_870_000, "元", "人才经费487万元"),
    fact("xiushan-talent-funding-2019", 1_890_000, "元", "2019年189万元", as_of="2019"),
    fact("xiushan-talent-funding-2020", 1_980_000, "元", "2020年198万元", as_of="2020"),
    fact("xiushan-tourism-talent-target", 11_000, "人", "达到11000人", as_of="2022", kind="target"),
    fact("xiushan-technology-firms", 227, "家", "科技型企业227家"),
    fact("xiushan-high-tech-enterprises", 8, "家", "高新技术企业8家"),
    fact("xiushan-county-talent-projects", 21, "个", "县级（优秀）人才项目21个"),
    fact("xiushan-talent-plan-teams", 3, "个", "3个创新团队"),
    fact("xiushan-talent-plan-skilled-leaders-2021", 1, "人", "陈仕高入选2021年重庆英才计划高技能领军人才", as_of="2021"),
    fact("xiushan-youth-index-2021-q1", 1, "位", "均排名渝东南武陵山区城镇群第一", as_of="2021-Q1"),
    fact("xiushan-youth-index-2021-q2", 1, "位", "均排名渝东南武陵山区城镇群第一", as_of="2021-Q2"),
    fact("xiushan-gdp-rank-2021-h1", 1, "位", "均位居渝东南武陵山区城镇群之首", as_of="2021-H1"),
    fact("xiushan-gdp-growth-rank-2021-h1", 1, "位", "均位居渝东南武陵山区城镇群之首", as_of="2021-H1"),
    fact("xiushan-b-card-experts", 27, "名", "27名专家"),
    fact("xiushan-a-card-holders", 4, "人", "其中4人"),
    fact("xiushan-problems-solved", 300, "件", "300余件", qualifier="and_more"),
    fact("xiushan-firms-applied", 123, "家", "123家科技型企业", stage="applied"),
    fact("xiushan-loans-applied", 227_600_000, "元", "共申请22760万元", stage="applied"),
    fact("xiushan-public-recruits", 1765, "人", "1765人"),
    fact("xiushan-bachelor-share", 75, "%", "占比75%"),
    fact("xiushan-returnees", 670, "名", "670名本土人才"),
    fact("xiushan-returnees-elected", 219, "名", "其中219名优秀本土人才"),
)
