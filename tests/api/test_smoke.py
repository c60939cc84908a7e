import pytest

from tests import factories as make

pytestmark = pytest.mark.django_db

TYPES = ["regions", "topics", "sources", "organisations", "indicators", "figures", "photos", "policies", "benefits", "services"]


@pytest.mark.parametrize("plural", TYPES)
def test_everything_answers(client, plural):
    make.make_region("qijiang")
    figure = make.make_figure(indicator=make.make_indicator(topic=make.make_topic()))
    make.make_photo()
    policy = make.make_policy(figures=[figure], issuers=[make.make_organisation()])
    make.make_benefit(policy=policy)
    make.make_service()
    response = client.get(f"/api/v1/{plural}/")
    assert response.status_code == 200, response.content.decode()
    body = response.json()
    assert body["results"], body
    item = body["results"][0]
    detail = client.get(item["api_url"])
    assert detail.status_code == 200, detail.content.decode()
