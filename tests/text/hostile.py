"""Inputs no parser should meet, and the settings the property tests share."""

from hypothesis import settings
from hypothesis import strategies as st

quick = settings(max_examples=100, deadline=None)

# st.text() leaves lone surrogates out; a JSON body may carry them.
any_text = st.text(st.characters(exclude_categories=()), max_size=80)

HOSTILE = {
    "nul": "\x00",
    "surrogate": "\ud800",
    "empty": "",
    "space": " \u3000\t\n",
    "ext_b": "\U00020000\U0002a6d6〔2021〕1号",
    "rtl": "\u202e2021年\u200f",
    "superscript": "5²人",
    "arabic_digits": "٢٠٢١",
    "noncharacter": "\uffff",
    "one_mb_digits": "9" * 1_000_000,
    "one_mb_spaces": " " * 1_000_000,
    "one_mb_han": "万" * 1_000_000,
    "one_mb_marks": "a" + "\u0301\u0323" * 500_000,
    "one_mb_brackets": "[" * 1_000_000,
    "one_mb_clauses": "第一条\n" * 250_000,
    "64_digits": "9" * 64,
    "64_commas": "1," * 32,
    "64_spaces": " " * 63 + "x",
    "64_wan": "1" + "万" * 63,
    "han_wan": "一" + "万亿" * 11,
    "dashes": "周一" + "-" * 200,
    "dots": "1" + "." * 40 + "人",
}
