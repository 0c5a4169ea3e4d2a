"""The OpenAPI document is kept: schemathesis tries every operation with good data and bad.

``make api-fuzz`` gives a larger dose (``ZHIHUAN_FUZZ_CALLS`` examples an operation).
"""

from __future__ import annotations

import contextlib
import copy
import datetime as dt
import os
import re

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from zhihuan.bureau.access.issuing import issue
from zhihuan.bureau.people.models import User
from zhihuan.web.api.interface import openapi_document

CALLS = int(os.environ.get("ZHIHUAN_FUZZ_CALLS", "3"))
CHINESE = re.compile(r"[\u3400-\u9fff]")
#: A model may refuse what the document allows: check digits, days in order, what exists already.
_CONFIG = SchemathesisConfig.from_str(
    """
[checks]
positive_data_acceptance.expected-statuses = ["2xx", "304", "400", "401", "403", "404", "409", "412", "422"]
"""
)


@pytest.fixture
def everything(here, there, platform_store, settings) -> str:
    """A city with something in every list; the token of somebody who may do everything."""
    settings.ZHIHUAN_API_PER_CALLER = settings.ZHIHUAN_API_PER_ADDRESS = 0
    owner = User.objects.create(username="all", display_name="全权", is_superuser=True)
    end = timezone.now() + dt.timedelta(days=1)
    scopes = owner.get_all_permissions()
    return issue(owner, name="试", scopes=scopes, expires_at=end, by=owner).text


@pytest.fixture
def kept_connection():
    """A request that ends leaves the test's own connection open, as Django's test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def described():
    """The document, bound to the platform in this process; without its security, for the token is
    sent with every call and leaving it out is tested elsewhere."""
    document = copy.deepcopy(openapi_document())
    for path in document["paths"].values():
        for operation in path.values():
            operation.pop("security", None)
    loaded = schemathesis.openapi.from_dict(document, config=_CONFIG)
    loaded.app = get_wsgi_application()
    loaded.location = "/api/v1/openapi.json"
    return loaded


def test_every_operation_keeps_to_the_document(everything, kept_connection):
    host = django_settings.ALLOWED_HOSTS[0]
    headers = {"Authorization": f"Bearer {everything}", "Host": host}
    tried = 0
    for result in described().get_all_operations():
        for mode in GenerationMode:
            examples = result.ok().as_strategy(generation_mode=mode)

            @given(case=examples)
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

            with contextlib.suppress(
                Unsatisfiable
            ):  # an operation without parameters has no bad ones
                keeps()
    assert tried > len(openapi_document()["paths"])


def operations():
    for path, by_method in openapi_document()["paths"].items():
        for method, operation in by_method.items():
            yield f"{method.upper()} {path}", operation


def test_summaries_are_chinese_and_descriptions_english():
    for name, operation in operations():
        assert CHINESE.search(operation["summary"]), name
        assert operation["description"], name
        assert not CHINESE.search(operation["description"]), name


def test_every_attribute_has_its_chinese_name_and_an_english_description():
    schemas = openapi_document()["components"]["schemas"]
    for name in ("Enterprise", "Point", "Device", "Limit", "Permit", "Vehicle", "Section"):
        for attribute, described in schemas[name]["properties"].items():
            assert described["title"], (name, attribute)
            if attribute not in {"totals", "factors", "past_placements", "targets"}:
                assert described["description"], (name, attribute)
                assert not CHINESE.search(described["description"]), (name, attribute)


def test_every_operation_has_a_name_of_its_own():
    names = [operation["operationId"] for _name, operation in operations()]
    assert len(set(names)) == len(names)
