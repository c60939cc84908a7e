"""Made-up Chinese and English text of the length and shape that policies have; the same numbers give the same text."""

from random import Random


def _stock(words: str, mark: str = " ") -> tuple[str, ...]:
    return tuple(words.split(mark))


WHO = _stock(
    "青年工程师 返乡创业者 乡村教师 基层医生 技能工匠 博士后研究人员 软件开发人员 农艺师 企业技术骨干 文旅运营人员 应届毕业生 归国学者 电商从业者 护理人员 班组长"
)
WHERE = _stock(
    "产业园区 科创中心 人才服务大厅 镇街便民中心 重点企业 乡村振兴示范点 职业学校 区级医院 孵化基地 检测实验室 创新工坊 社区驿站"
)
GIVE = _stock(
    "租房补贴 安家补助 岗位津贴 项目资助 设备购置补助 贷款贴息 子女入学协调 年度体检 疗休养名额 实训场地 导师结对 专利申请资助 展会参展补助 交通补助"
)
DO = _stock("登记备案 提交申请 参加评审 签订协议 报送年度总结 接受跟踪评价 办理续期 开具证明 公示名单 拨付资金 更新档案 组织回访")
WHEN = _stock("每年三月 每季度末 受理之日起十个工作日内 协议期满前 公示结束后 入职满一年后 次年一月 项目验收合格后 收到材料当日")
IF = _stock(
    "全职工作满两年 连续缴纳社会保险 取得相应职业资格 与本地单位签订三年以上合同 年度考核合格 未享受同类支持 主持完成一个项目 带动五人以上就业"
)
OFFICE = _stock("人才工作部门 人力资源部门 财政部门 科技部门 教育部门 卫生健康部门 住房保障部门 园区管委会 行业主管部门")
THEMES = _stock(
    "青年人才驿站 技能人才公寓 返乡创业贷款 博士工作站 乡村教师培养 基层医生激励 数字工匠评选 企业引才奖励 科研团队资助 专家疗休养 子女入学服务 知识价值信用贷款 柔性引才 电商人才培训 文旅人才扶持 首席技师设置"
)
THEMES_EN = _stock(
    "youth stations|skilled talent housing|home-coming founder loans|postdoctoral stations|rural teacher training|incentives for rural doctors|digital craftsman awards|employer recruitment awards|research team grants|expert recuperation|school enrolment service|knowledge-value credit loans|flexible recruitment|e-commerce training|tourism talent support|chief technicians",
    "|",
)
FORMS = _stock("管理办法 实施细则 若干措施 工作方案 申报通知 指导意见 奖补细则 行动计划")
FORMS_EN = _stock(
    "measures|implementing rules|certain measures|work plan|call for applications|guiding opinion|award rules|action plan", "|"
)
HEADINGS = _stock("适用范围 支持对象 申报条件 支持标准 办理程序 资金管理 监督检查 协议与义务 评价与退出 附加说明")
NUMERALS = "一二三四五六七八九十"


def sentence(rng: Random) -> str:
    shape = rng.randrange(5)
    if shape == 0:
        return f"{_of(rng, IF)}的{_of(rng, WHO)}，可以在{_of(rng, WHERE)}申请{_of(rng, GIVE)}，由{_of(rng, OFFICE)}负责{_of(rng, DO)}。"
    if shape == 1:
        return f"{_of(rng, OFFICE)}应当在{_of(rng, WHEN)}{_of(rng, DO)}，并把结果告知{_of(rng, WHO)}。"
    if shape == 2:
        return f"对到{_of(rng, WHERE)}工作的{_of(rng, WHO)}，给予每人{rng.randrange(1, 90)}千元的{_of(rng, GIVE)}，分{rng.randrange(2, 6)}次兑现。"
    if shape == 3:
        return f"{_of(rng, WHO)}申请{_of(rng, GIVE)}的，应当{_of(rng, IF)}，{_of(rng, WHEN)}到{_of(rng, WHERE)}{_of(rng, DO)}。"
    return f"同一{_of(rng, WHO)}只能享受一次{_of(rng, GIVE)}；{_of(rng, IF)}的，标准提高{rng.randrange(5, 40)}%。"


def paragraph(rng: Random, sentences: int) -> str:
    return "".join(sentence(rng) for _ in range(sentences))


def body(rng: Random) -> str:
    """Markdown of about 1,500 characters: six headed sections, two with a list."""
    parts = []
    for number, heading in enumerate(rng.sample(HEADINGS, 6)):
        parts.append(f"## {NUMERALS[number]}、{heading}")
        parts.append(paragraph(rng, 5))
        if number % 3 == 0:
            parts.append("\n".join(f"- {sentence(rng)}" for _ in range(3)))
    return "\n\n".join(parts)


def english(rng: Random, sentences: int) -> str:
    found = (
        f"Applicants for {_of(rng, THEMES_EN)} sign an agreement of {rng.randrange(2, 6)} years and report once a year."
        for _ in range(sentences)
    )
    return " ".join(found)


def title(rng: Random, place: str, place_en: str) -> tuple[str, str]:
    theme, form = rng.randrange(len(THEMES)), rng.randrange(len(FORMS))
    year = rng.randrange(2016, 2026)
    return f"{place}{THEMES[theme]}{FORMS[form]}（{year}年）", f"{place_en}: {FORMS_EN[form]} on {THEMES_EN[theme]} ({year})"


def _of(rng: Random, stock: tuple[str, ...]) -> str:
    return stock[int(rng.random() * len(stock))]
