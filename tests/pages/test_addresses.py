import datetime

import pytest

from portal.publishing.lifecycle import finish_entry, save_entry
from portal.publishing.models import State
from tests import factories as make
from tests.pages.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("untold")]

DETAILS = {
    "regions": lambda **fields: make.make_region("wulong", **fields),
    "topics": lambda **fields: make.make_topic(**fields),
    "sources": make.make_source,
    "organisations": make.make_organisation,
    "indicators": make.make_indicator,
    "figures": make.make_figure,
    "photos": make.make_photo,
    "policies": make.make_policy,
    "services": make.make_service,
    "programmes": make.make_programme,
    "events": make.make_event,
    "stories": make.make_story,
}
USED = {"topics", "sources", "indicators"}


def saved(entry):
    save_entry(entry, by=None)
    finish_entry(entry)


def used(plural, entry):
    """Topics, sources and indicators are public when something uses them."""
    if plural in USED:
        make.make_figure(
            indicator=entry if plural == "indicators" else make.make_indicator(topic=entry if plural == "topics" else None),
            source=entry if plural == "sources" else make.make_source(),
        )
        if plural == "topics":
            make.make_policy(topics=[entry])
    return entry


@pytest.mark.parametrize("plural", DETAILS)
def test_an_old_address_leads_to_the_new_one_in_one_hop(client, plural):
    entry = used(plural, DETAILS[plural]())
    old = entry.slug
    entry.slug = "a-better-name"
    saved(entry)

    chinese, english = client.get(f"/{plural}/{old}/"), client.get(f"/en/{plural}/{old}/")

    assert (chinese.status_code, chinese["Location"]) == (301, f"/{plural}/a-better-name/")
    assert (english.status_code, english["Location"]) == (301, f"/en/{plural}/a-better-name/")


@pytest.mark.parametrize("plural", DETAILS)
def test_a_withdrawn_page_is_gone_and_says_why(client, plural):
    entry = used(plural, DETAILS[plural]())
    entry.state, entry.withdrawn_reason = State.WITHDRAWN, "文件已被新办法替代"
    saved(entry)

    response = client.get(f"/{plural}/{entry.slug}/")

    assert response.status_code == 410
    assert "文件已被新办法替代" in text_of(response)
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("/policies/?regoin=qijiang", ["regoin", "region"]),
        ("/policies/?region=nowhere", ["region", "nowhere"]),
        ("/policies/?kind=song", ["kind", "measures"]),
        ("/policies/?on=2021-02-30", ["on", "2021-08-05"]),
        ("/?page=2", ["page"]),
        ("/sitemap/?x=1", ["x"]),
        ("/benefits/?region=qijiang&region=xiushan", ["region", "2"]),
        ("/figures/?cursor=abc", ["cursor"]),
    ],
)
def test_a_parameter_that_is_not_understood_is_named(client, address, names):
    make.make_policy()

    response = client.get(address)

    assert response.status_code == 400
    assert [name for name in names if name not in text_of(response)] == []
    assert f'href="{address.split("?")[0]}"' in response.content.decode()


@pytest.mark.parametrize("address", ["/", "/policies/", "/sitemap/"])
def test_tracking_parameters_are_dropped_by_a_redirect(client, address):
    make.make_region()
    query = "?region=qijiang" if address == "/policies/" else ""

    response = client.get(f"{address}{query}{'&' if query else '?'}utm_source=wechat&isappinstalled=0&from=timeline")

    assert (response.status_code, response["Location"]) == (302, f"{address}{query}")


def test_the_empty_fields_of_a_form_do_not_stay_in_the_address(client):
    response = client.get("/policies/?region=&topic=&kind=measures&validity=")

    assert (response.status_code, response["Location"]) == (302, "/policies/?kind=measures")


def test_a_wrong_parameter_is_named_even_among_empty_ones(client):
    assert client.get("/policies/?kidn=&region=").status_code == 400


@pytest.mark.parametrize("address", ["/", "/en/", "/policies/", "/regions/qijiang/", "/nothing/", "/policies/?x=1", "/sitemap/"])
def test_public_pages_set_no_cookie_and_do_not_vary_by_one(client, address):
    make.make_region()

    response = client.get(address)

    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_the_other_language_is_the_same_page_with_the_same_filters(client):
    make.make_policy(kind="measures")

    chinese = client.get("/policies/?kind=measures&ordering=title").content.decode()
    english = client.get("/en/policies/?kind=measures").content.decode()

    assert '<a class="tongue" href="/en/policies/?kind=measures"' in chinese
    assert '<a class="tongue" href="/policies/?kind=measures"' in english
    assert '<link rel="canonical" href="http://127.0.0.1:8000/policies/?kind=measures">' in chinese
    assert '<link rel="alternate" hreflang="en" href="http://127.0.0.1:8000/en/policies/?kind=measures">' in chinese


def test_pages_lead_through_a_long_list_and_back(client):
    titles = [make.make_policy(title=f"第{number:02}号办法", topics=[]).title for number in range(75)]
    seen, address = [], "/policies/?ordering=title"
    while address:
        response = client.get(address)
        seen += [row.title for row in response.context["rows"]]
        query = response.context["next_query"]
        address = f"/policies/?{query}" if query else ""

    back = client.get(f"/policies/?{response.context['previous_query']}")

    assert seen == titles
    assert [row.title for row in back.context["rows"]] == titles[30:60]


def test_health_and_readiness_answer_plainly(client):
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/readyz").status_code == 200
    assert client.get("/readyz")["Cache-Control"] == "no-store"


def test_an_entry_off_line_by_date_says_until_when(client):
    day = datetime.datetime(2021, 8, 5, 4, tzinfo=datetime.UTC)
    policy = make.make_policy(visible_from=make.LONG_AGO, visible_until=day, first_published_at=make.LONG_AGO)

    response = client.get(f"/policies/{policy.slug}/")

    assert response.status_code == 410
    assert "2021-08-05" in text_of(response)
