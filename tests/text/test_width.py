from hypothesis import given

from portal.text.width import narrow

from .hostile import any_text, quick


def test_narrow_turns_full_width_forms_to_ascii():
    assert narrow("１６％，（Ａ）：～\u3000\xa0。") == "16%,(A):~  。"


def test_narrow_leaves_what_nfkc_would_change():
    assert narrow("5²½㎡") == "5²½㎡"


@given(text=any_text)
@quick
def test_narrow_keeps_every_position(text):
    assert len(narrow(text)) == len(text)
