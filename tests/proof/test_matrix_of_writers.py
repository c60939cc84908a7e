"""Every address of the resolver for those who write, in the own region and in another."""

import pytest

from tests.proof.conftest import read_everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("undrawn")]


@pytest.mark.parametrize("role", ["contributor", "editor", "publisher"])
def test_they_get_what_the_matrix_says(addresses_world, role):
    wrong = read_everything(*addresses_world, role)

    assert wrong == [], "\n".join(map(str, wrong))
