import datetime
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from portal.media.renditions import rendition_name
from portal.publishing.models import State
from portal.text.partial_date import parse_partial_date
from regions.models import Attachment, Figure, Indicator, Photo
from tests.factories import (
    make_event,
    make_figure,
    make_indicator,
    make_photo,
    make_policy,
    make_region,
    make_service,
    make_story,
)

from .asking import said

pytestmark = pytest.mark.django_db

DRAFT = {"state": State.DRAFT}


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, []),
        ({"as_of": None}, ["as_of"]),
        ({"as_of_basis": ""}, ["as_of_basis"]),
        ({"source": None}, ["source"]),
        ({"as_of_basis": Figure.Basis.INFERRED}, ["as_of_note"]),
        ({"as_of_basis": Figure.Basis.INFERRED, "as_of_note": "按报道的日期"}, []),
        ({"as_of": None, "as_of_basis": "", "source": None}, ["as_of", "as_of_basis", "source"]),
    ],
)
def test_figure_has_date_basis_and_source(changes, wanted):
    figure = make_figure(**DRAFT)
    for name, value in changes.items():
        setattr(figure, name, value)

    assert said("figure_has_date_basis_and_source", figure) == wanted


def test_figure_has_unit():
    assert said("figure_has_unit", make_figure(indicator=make_indicator(unit=" "))) == ["indicator"]
    assert said("figure_has_unit", make_figure()) == []


def test_indicator_is_public():
    indicator = make_indicator(**DRAFT)
    figure = make_figure(indicator=indicator, **DRAFT)

    assert said("indicator_is_public", figure) == ["indicator"]
    assert said("indicator_is_public", figure, also_public={indicator.uuid}) == []
    assert said("indicator_is_public", make_figure()) == []


@pytest.mark.parametrize(
    ("as_of", "kind", "wanted"),
    [("2021-08-06", "actual", ["as_of"]), ("2022", "actual", ["as_of"]), ("2021", "actual", []), ("2021-08-05", "actual", []), ("2022", "target", [])],
)  # fmt: skip
def test_actual_figure_is_not_of_the_future(as_of, kind, wanted):
    figure = make_figure(as_of=parse_partial_date(as_of), kind=kind)

    with time_machine.travel(datetime.datetime(2021, 8, 5, 4, tzinfo=datetime.UTC), tick=False):
        assert said("actual_figure_is_not_of_the_future", figure) == wanted


def test_rank_says_among_whom():
    rank = make_indicator(measure=Indicator.Measure.RANK, unit="位")

    assert said("rank_says_among_whom", make_figure(indicator=rank, value=Decimal(1))) == ["rank_among"]
    assert said("rank_says_among_whom", make_figure(indicator=rank, rank_among=make_region("chongqing"))) == []


def test_figure_period_is_in_order():
    figure = make_figure(period_from=datetime.date(2019, 1, 1), period_until=datetime.date(2021, 1, 1))

    assert said("figure_period_is_in_order", figure) == []
    figure.period_until = datetime.date(2018, 1, 1)
    assert said("figure_period_is_in_order", figure) == ["period_until"]


@pytest.mark.parametrize(
    ("starts", "ends", "wanted"),
    [("2021-07", "2021-08", []), ("2021-07", "2021", []), ("2021-07", None, []), ("2021-07", "2021-06", ["ends"]), (None, "2021-06", ["starts"])],
)  # fmt: skip
def test_event_ends_after_it_starts(starts, ends, wanted):
    event = make_event()
    event.starts, event.ends = (parse_partial_date(text) if text else None for text in (starts, ends))

    assert said("event_ends_after_it_starts", event) == wanted


def test_photo_has_file():
    assert said("photo_has_file", make_photo(sha256="", **DRAFT)) == ["sha256"]
    assert said("photo_has_file", make_photo()) == []


def test_photo_has_words():
    assert said("photo_has_words", make_photo(caption="", alt="", credit=" ", **DRAFT)) == ["caption", "alt", "credit"]
    assert said("photo_has_words", make_photo()) == []


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ({"caption": "电商大厦", "alt": "电商大厦 "}, []),
        ({"caption": "ＡＢ大厦", "alt": "ab大厦"}, ["alt"]),
        ({"alt": "IMG_2021.jpg"}, ["alt"]),
        ({"caption_en": "Tower", "alt_en": "tower"}, ["alt_en"]),
        ({"alt": ""}, []),
    ],
)
def test_alt_tells_the_picture(words, wanted):
    assert said("alt_tells_the_picture", make_photo(**DRAFT, **words)) == wanted


def test_people_have_consented():
    assert said("people_have_consented", make_photo(people_consent=Photo.Consent.MISSING, **DRAFT)) == ["people_consent"]
    assert said("people_have_consented", make_photo(people_consent=Photo.Consent.GIVEN)) == []


def test_named_figures_are_public():
    make_figure(slug="shown")
    draft = make_figure(slug="draft", **DRAFT)
    nameless = make_figure(slug="nameless", indicator=make_indicator(**DRAFT))
    story = make_story(body="共 {{figure:shown}}、{{figure:draft}}、{{figure:nameless}}、{{figure:none}}。", **DRAFT)
    together = {draft.uuid, nameless.indicator.uuid}

    assert said("named_figures_are_public", story) == ["body"] * 3
    assert said("named_figures_are_public", story, also_public=together) == ["body"]
    assert said("named_figures_are_public", make_story(subhead="共 {{figure:shown}}。")) == []


def test_linked_pictures_are_public():
    shown, draft = make_photo(), make_photo(**DRAFT)
    body = "".join(f"[图](/media/{rendition_name(photo.sha256[::-1], 640, 'webp')})" for photo in _turned(shown, draft))
    story = make_story(body=body)

    assert said("linked_files_are_public", story) == ["body"]
    assert said("linked_files_are_public", story, also_public={draft.uuid}) == []
    assert said("linked_files_are_public", make_story(body="[图](/media/none.webp)")) == ["body"]


def _turned(*photos):
    """Hashes of factories differ at their end only, names of renditions hold the beginning."""
    for photo in photos:
        Photo.objects.filter(pk=photo.pk).update(sha256=photo.sha256[::-1])
    return photos


def test_linked_documents_are_public():
    shown, draft = make_policy(), make_service(**DRAFT)
    rows = [Attachment.objects.create(entry=entry, title="申请表", kind="pdf", sha256=f"{number:064x}", size=1) for number, entry in enumerate((shown, draft))]  # fmt: skip
    policy = make_policy(body="".join(f"[附件]({row.get_absolute_url()})" for row in rows))

    assert said("linked_files_are_public", policy) == ["body"]
    assert said("linked_files_are_public", policy, also_public={draft.uuid}) == []
    assert said("linked_files_are_public", make_policy(body=f"[附件]({reverse('attachment', args=['none.pdf'])})")) == ["body"]


def test_a_document_of_the_entry_itself_becomes_public_with_it():
    policy = make_policy(**DRAFT)
    row = Attachment.objects.create(entry=policy, title="申请表", kind="pdf", sha256=f"{1:064x}", size=1)
    policy.body = f"[附件]({row.get_absolute_url()})"

    assert said("linked_files_are_public", policy) == []
