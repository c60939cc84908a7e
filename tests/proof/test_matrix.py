"""The matrix is whole, and forged posts change nothing in another region."""

import pytest

from policies.models import Policy
from portal.publishing.admin.step_forms import STEPS
from tests.proof.addresses import names
from tests.proof.conftest import digest_of_everything, every_address, sign_in
from tests.proof.matrix import ROLES, TABLE, row_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("undrawn")]
FORGED = {
    "version": "1",
    "step": "1",
    "reason": "理由",
    "opinion": "同意",
    "override": "理由",
    "post": "yes",
    "state": "published",
}
NOT_ASKED = ("admin:login", "admin:logout", "admin:password_change")
"""Signing in and out, and one's own password: they name no region."""
EXPORT = ("admin:publishing_auditentry_export",)
MAY = {"auditor": EXPORT, "administrator": (*EXPORT, "admin:staff_sitesettings_change")}
"""What is theirs to do, and is written down."""


def test_every_address_has_a_row_and_every_row_an_address():
    found = {f"{name}/{one}" for name, pattern in names() for one in STEPS if "<slug:step>" in pattern}
    found |= {name for name, pattern in names() if "<slug:step>" not in pattern} - {"admin:logout"}

    assert sorted(name for name in found if row_of(name) is None) == []
    used = {row_of(name) for name in found}
    assert [row.names for row in TABLE if row not in used] == []


@pytest.mark.parametrize("role", ROLES)
def test_nobody_changes_anything_of_another_region(addresses_world, role):
    """Posting forged values to every address that names a row of the neighbour."""
    people, _own, foreign = addresses_world
    client, before = sign_in(people, role), digest_of_everything()
    posted = 0
    for name, address in every_address(foreign, role):
        if (
            not name.startswith("admin:")
            or name in (*NOT_ASKED, *MAY.get(role, ()))
            or (role == "administrator" and ("user" in name or "synonym" in name))
        ):
            continue
        forged = FORGED | {
            "region": str(foreign.rows[Policy].region_id),
            "_selected_action": str(foreign.row(name).pk),
            "action": "delete_selected",
        }
        answer = client.post(address, forged)
        assert answer.status_code < 500, address
        posted += 1

    assert digest_of_everything() == before
    assert posted > 60
