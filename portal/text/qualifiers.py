"""Words that say how a published number relates to the true one."""

from enum import StrEnum


class Qualifier(StrEnum):
    """How the true number x relates to the published number n.

    `under` stands beside `at_most` because 民法典 art. 1259 keeps them apart: 以上、以下、以内
    include the number, 不满、超过、以外 exclude it. Storing 未满18周岁 as `at_most` would let in
    exactly the people the rule keeps out.
    """

    EXACT = "exact"
    AND_MORE = "and_more"  # n < x < the next round number: 余, 多
    OVER = "over"  # x > n: 超过, 逾, 突破
    NEARLY = "nearly"  # x slightly below n: 近
    ABOUT = "about"  # 约, 左右, 上下
    AT_LEAST = "at_least"  # x >= n: 以上, 不少于
    AT_MOST = "at_most"  # x <= n: 以下, 以内, 不超过
    UNDER = "under"  # x < n: 不满, 未满, 少于


_PREFIX_WORDS = {
    Qualifier.EXACT: "达到 达",
    Qualifier.OVER: "超过 超 逾 突破 多于 高于 大于",
    Qualifier.NEARLY: "将近 接近 近",
    Qualifier.ABOUT: "大约 约",
    Qualifier.AT_LEAST: "不少于 不低于 不小于 至少 最少",
    Qualifier.AT_MOST: "不超过 不高于 不多于 不大于 至多 最多",
    Qualifier.UNDER: "不满 未满 不足 不到 少于 低于 小于",
}
_SUFFIX_WORDS = {
    Qualifier.AND_MORE: "余 多",
    Qualifier.OVER: "(不含)以上",
    Qualifier.ABOUT: "左右 上下",
    Qualifier.AT_LEAST: "以上 及以上 (含)以上",
    Qualifier.AT_MOST: "以下 及以下 (含)以下 以内 之内 (含)以内 内",
    Qualifier.UNDER: "(不含)以下 (不含)以内",
}

PREFIXES = {word: kind for kind, words in _PREFIX_WORDS.items() for word in words.split()}
SUFFIXES = {word: kind for kind, words in _SUFFIX_WORDS.items() for word in words.split()}

# The word a printer puts before the number; 余 follows it instead.
CHINESE = {
    Qualifier.EXACT: "",
    Qualifier.AND_MORE: "",
    Qualifier.OVER: "超过",
    Qualifier.NEARLY: "近",
    Qualifier.ABOUT: "约",
    Qualifier.AT_LEAST: "至少",
    Qualifier.AT_MOST: "不超过",
    Qualifier.UNDER: "不到",
}
ENGLISH = {
    Qualifier.EXACT: "",
    Qualifier.AND_MORE: "more than ",
    Qualifier.OVER: "over ",
    Qualifier.NEARLY: "nearly ",
    Qualifier.ABOUT: "about ",
    Qualifier.AT_LEAST: "at least ",
    Qualifier.AT_MOST: "at most ",
    Qualifier.UNDER: "under ",
}
