"""The units an amount may have, and their English nouns."""

YUAN = "元"
PERCENT = "%"

# unit: (one, many). Chinese classifiers name no thing, so the English stays neutral: what is
# counted is said by the indicator. An empty noun prints the bare number.
NOUNS: dict[str, tuple[str, str]] = {
    "人": ("person", "people"),
    "名": ("person", "people"),
    "位": ("person", "people"),
    "人次": ("person-time", "person-times"),
    "户": ("household", "households"),
    "家": ("organisation", "organisations"),
    "所": ("institution", "institutions"),
    "支": ("team", "teams"),
    "个": ("", ""),
    "块": ("", ""),
    "把": ("", ""),
    "张": ("", ""),
    "份": ("", ""),
    "只": ("", ""),
    "台": ("", ""),
    "部": ("", ""),
    "期": ("session", "sessions"),
    "场": ("event", "events"),
    "次": ("time", "times"),
    "批": ("batch", "batches"),
    "件": ("case", "cases"),
    "套": ("unit", "units"),
    "间": ("room", "rooms"),
    "栋": ("building", "buildings"),
    "座": ("site", "sites"),
    "处": ("place", "places"),
    "条": ("item", "items"),
    "项": ("item", "items"),
    "篇": ("article", "articles"),
    "门": ("course", "courses"),
    "种": ("kind", "kinds"),
    "类": ("category", "categories"),
    "级": ("level", "levels"),
    "分": ("point", "points"),
    "倍": ("time", "times"),
    YUAN: ("", ""),
    PERCENT: ("", ""),
    "个百分点": ("percentage point", "percentage points"),
    "岁": ("year old", "years old"),
    "年": ("year", "years"),
    "个月": ("month", "months"),
    "周": ("week", "weeks"),
    "天": ("day", "days"),
    "个工作日": ("working day", "working days"),
    "小时": ("hour", "hours"),
    "学时": ("class hour", "class hours"),
    "分钟": ("minute", "minutes"),
    "米": ("metre", "metres"),
    "公里": ("kilometre", "kilometres"),
    "平方米": ("square metre", "square metres"),
    "平方公里": ("square kilometre", "square kilometres"),
    "亩": ("mu", "mu"),
    "公顷": ("hectare", "hectares"),
    "吨": ("tonne", "tonnes"),
}

_ALIASES = {
    "周岁": "岁",
    "日": "天",
    "工作日": "个工作日",
    "元人民币": YUAN,
    "平米": "平方米",
    "㎡": "平方米",
    "m²": "平方米",
    "平方千米": "平方公里",
    "km²": "平方公里",
}

# Every accepted spelling → the unit it is stored as, longest spelling first.
SPELLINGS = dict(
    sorted(
        ({unit: unit for unit in NOUNS} | _ALIASES).items(),
        key=lambda pair: (-len(pair[0]), pair[0]),
    )
)

PEOPLE = frozenset("人名位")


def same_unit(one: str, other: str) -> bool:
    """Whether numbers in these units count the same: 4人 are 4 of 27名."""
    return one == other or {one, other} <= PEOPLE
