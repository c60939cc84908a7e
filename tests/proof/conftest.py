"""One world for the modules that walk through all addresses."""

import logging
from hashlib import sha256
from zlib import crc32

import pytest
from django.apps import apps
from django.db import transaction
from django.template.response import SimpleTemplateResponse
from django.test import Client

from portal.staff.models import Role, User
from tests import factories as make
from tests.proof.addresses import Place, names
from tests.proof.matrix import ROLES, row_of
from tests.proof.profile import IS_LONG
from tests.workflow.cast import person

OURS = ("regions", "policies", "publishing", "staff")


@pytest.fixture
def undrawn(monkeypatch):
    """Who gets a page is asked, not how it looks."""
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def addresses_world(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), transaction.atomic():
        own, other = make.make_region("qijiang"), make.make_region("xiushan")
        people = {role: person(role, Role(role), None if role == "auditor" else own) for role in ROLES[1:-1]}
        people["administrator"] = User.objects.create_superuser("administrator", "", "secret")
        yield people, Place(own, people["contributor"]), Place(other, person("neighbour", Role.CONTRIBUTOR, other))
        transaction.set_rollback(True)


def every_address(place, role):
    """All of them in the long profile; else, of a class with many kinds, a third, another for each role."""
    return [found for name, pattern in names() for found in place.filled(name, pattern) if IS_LONG or _is_turn_of(role, found[0])]


def _is_turn_of(role, name):
    is_class = name.startswith(("admin:regions_", "admin:policies_")) or (":" in name and not name.startswith("admin:"))
    return not is_class or crc32(name.encode()) % 3 == ROLES.index(role) % 3


def sign_in(people, role):
    client = Client()
    if role in people:
        client.force_login(people[role])
    return client


def digest_of_everything():
    """{table: digest of each of its rows}, of every table of ours."""
    found = (model for label in OURS for model in apps.get_app_config(label).get_models(include_auto_created=True))
    return {
        model._meta.db_table: sha256(repr(list(model._base_manager.order_by("pk").values_list())).encode()).hexdigest()
        for model in found
    }


def read_everything(people, own, foreign, role):
    """What differs from the matrix, with the status it got; reading changes nothing. Public pages know nobody: asked once with a session, once without."""
    client, wrong = sign_in(people, role), []
    before = digest_of_everything()
    for place, is_own in ((own, True), (foreign, False)):
        place.shelve()
        for name, address in every_address(place, role):
            if name == "admin:logout" or (role not in {"nobody", "publisher"} and not address.startswith("/admin/")):
                continue
            answer = client.get(address)
            if answer.streaming:
                answer.getvalue()
            if answer.status_code != row_of(name).expected(role, is_own=is_own):
                wrong.append((name, address, is_own, answer.status_code))
    assert digest_of_everything() == before
    return wrong
