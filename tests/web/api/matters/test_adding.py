"""The operations of a declared procedure keep to the document: schemathesis tries each, good and bad."""

from __future__ import annotations

import contextlib
import copy
import re

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from zhihuan.web.api.interface import openapi_document

CALLS = 3
CHINESE = re.compile(r"[\u3400-\u9fff]")
#: The engine may refuse what the document allows: another state, a version that is past.
_CONFIG = SchemathesisConfig.from_str(
    """
[checks]
positive_data_acceptance.expected-statuses = ["2xx", "304", "400", "401", "403", "404", "409", "412", "422"]
"""
)


@pytest.fixture
def kept_connection():
    """A request that ends leaves the test's own connection open, as Django's test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def mine(document):
    return {path: ways for path, ways in document["paths"].items() if "/matters/" in path}


def test_there_is_a_list_one_an_opening_and_a_call_for_each_step_of_people(api, case):
    root = "/api/v1/matters/trial_case"
    known = mine(openapi_document(api))
    paths = {path: ways for path, ways in known.items() if path.startswith(root)}
    steps = {f"{root}/{{key}}/steps/{each.code}" for each in case.steps if not each.who.platform}
    assert set(paths) == {root, f"{root}/{{key}}", *steps}
    assert set(paths[root]) == {"get", "post"}


def test_summaries_are_chinese_and_descriptions_english(api):
    for path, ways in mine(openapi_document(api)).items():
        for operation in ways.values():
            assert CHINESE.search(operation["summary"]), path
            assert not CHINESE.search(operation["description"]), path


def test_the_form_of_a_step_is_the_schema_of_its_call(api):
    schemas = openapi_document(api)["components"]["schemas"]
    said = schemas["TrialCaseDecideSaid"]
    assert set(said["properties"]) == {"fine", "served_on"}
    assert said["properties"]["served_on"]["format"] == "date"
    assert said["required"] == ["fine", "served_on"]
    assert "officers" in schemas["TakeTrialCaseFile"]["required"]
    assert "officers" not in schemas["TakeTrialCaseDrop"]["properties"]


def test_every_operation_keeps_to_the_document(
    api, case, filed, walk, token, kept_connection, cast
):
    from zhihuan.bureau.people.models import User

    owner = User.objects.create(username="all", display_name="全权", is_superuser=True)
    headers = {
        "Authorization": token(owner)["HTTP_AUTHORIZATION"],
        "Host": django_settings.ALLOWED_HOSTS[0],
    }
    document = copy.deepcopy(openapi_document(api))
    # with a matter to meet; the platform's own procedures are tried by ../test_document.py with all else
    document["paths"] = {
        path: ways for path, ways in mine(document).items() if f"/{filed.matter.procedure}" in path
    }
    assert len(document["paths"]) > len(case.steps) / 2
    for ways in document["paths"].values():
        for operation in ways.values():
            operation.pop("security", None)
            for parameter in operation.get("parameters", ()):
                if parameter["name"] == "key":  # so that some calls meet the matter there is
                    parameter["schema"]["maximum"] = filed.matter.pk + 1
    loaded = schemathesis.openapi.from_dict(document, config=_CONFIG)
    loaded.app = get_wsgi_application()
    loaded.location = "/api/v1/openapi.json"
    tried = 0
    for result in loaded.get_all_operations():
        for mode in GenerationMode:

            @given(case=result.ok().as_strategy(generation_mode=mode))
            @settings(
                max_examples=CALLS,
                database=None,
                phases=(Phase.generate,),
                suppress_health_check=list(HealthCheck),
            )
            def keeps(case):
                nonlocal tried
                tried += 1
                case.call_and_validate(headers=headers)

            with contextlib.suppress(Unsatisfiable):
                keeps()
    assert tried > len(document["paths"])
