"""Every resource: its list and its records, within the caller's scope and no farther."""

from __future__ import annotations

import re

import pytest
from django.core import signing

from zhihuan.bureau.access.models import ApiToken
from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.registry.models import Enterprise, Site
from zhihuan.web.api.interface import urlpatterns
from zhihuan.web.api.resources import RESOURCES

API = "/api/v1"
#: resource → the key of the record that belongs to one town's or enterprise's furniture.
KEYS = {
    "enterprises": lambda f: f.enterprise.code,
    "permits": lambda f: f.permit.pk,
    "sites": lambda f: f.site.code,
    "outlets": lambda f: f.outlet.pk,
    "facilities": lambda f: f.facility.pk,
    "points": lambda f: f.point.code,
    "devices": lambda f: f.device.mn,
    "limits": lambda f: f.limit.pk,
    "episodes": lambda f: f.episode.pk,
    "sections": lambda f: f.section.code,
    "construction-sites": lambda f: f.works.code,
    "vehicles": lambda f: f.vehicle.pk,
    "organisations": lambda f: f.enterprise.pk,
}
NOBODY_S = ("towns", "rivers")


def test_these_tests_know_every_resource():
    assert set(RESOURCES) == {*KEYS, *NOBODY_S, "users"}


@pytest.mark.parametrize("name", [*KEYS, *NOBODY_S])
def test_a_list_and_each_of_its_records_say_the_same(name, here, there, program_of):
    role = "系统管理员" if name == "organisations" else "值班员"
    program = program_of(role)
    listed = program.get(f"{API}/{name}").json()["items"]
    assert len(listed) >= 2
    for document in listed[:5]:
        key = document[RESOURCES[name].key]
        assert program.get(f"{API}/{name}/{key}").json() == document


@pytest.mark.parametrize(
    "name", [name for name in KEYS if name not in {"devices", "sections", "organisations"}]
)
def test_an_enterprise_sees_its_own_records_and_guesses_no_other(name, here, there, program_of):
    program = program_of("企业用户", at=here.enterprise)
    mine, theirs = (KEYS[name](furniture) for furniture in (here, there))
    listed = program.get(f"{API}/{name}").json()["items"]
    assert [document[RESOURCES[name].key] for document in listed] == [mine]
    assert program.get(f"{API}/{name}/{mine}").status_code == 200
    guessed, missing = program.get(f"{API}/{name}/{theirs}"), program.get(f"{API}/{name}/987654")
    assert guessed.status_code == missing.status_code == 404
    assert guessed.json() | {"instance": ""} == missing.json() | {"instance": ""}


@pytest.mark.parametrize("name", ["devices", "sections", "rivers", "users", "organisations"])
def test_an_enterprise_does_not_even_ask_for_what_is_the_bureau_s(name, here, program_of):
    assert program_of("企业用户", at=here.enterprise).get(f"{API}/{name}").status_code == 403


def test_a_token_without_the_scope_reads_nothing(here, program_of):
    program = program_of("值班员", scopes=["registry.view_site"])
    assert program.get(f"{API}/sites").status_code == 200
    refused = program.get(f"{API}/enterprises")
    assert refused.status_code == 403
    assert "registry.view_enterprise" in refused.json()["detail"]


def test_no_password_and_no_key_leaves(here, program_of):
    text = program_of("值班员").get(f"{API}/devices/{here.device.mn}").content.decode()
    assert not {"123456", "0123456789abcdef", "password", "sealed", "keys"} & set(text.split('"'))
    assert here.device.sealed_password not in text


def test_people_are_told_by_name_only_and_who_asked_is_written_down(person, program_of):
    person("值班员", name="zhang.san")
    document = program_of("系统管理员").get(f"{API}/users").json()["items"][0]
    assert set(document) == {"id", "name", "organisation", "synthetic"}
    assert AuditEntry.objects.filter(action="api.read").count() == 1


@pytest.fixture
def many(here):
    Site.objects.bulk_create(
        Site(code=f"T{n:03}", name=f"场地{n}", town=here.town, enterprise=here.enterprise)
        for n in range(120)
    )


def test_pages_follow_each_other_and_hold_every_record_once(many, program_of):
    program, address, found = program_of("值班员"), f"{API}/sites?limit=50&q=场地", []
    while address:
        page = program.get(address)
        assert ("Link" in page.headers) == bool(page.json()["next"])
        found += [document["code"] for document in page.json()["items"]]
        address = page.json()["next"]
    assert found == [f"T{n:03}" for n in range(120)]


def test_a_page_costs_the_same_queries_for_one_record_and_for_many(
    many, program_of, django_assert_max_num_queries
):
    program = program_of("企业用户", at=Enterprise.objects.get(code="E1"))
    for address in (f"{API}/sites?limit=1", f"{API}/sites?limit=200", f"{API}/points?limit=200"):
        program.get(address)
        ApiToken.objects.update(last_used_at=None)
        with django_assert_max_num_queries(8):
            assert program.get(address).status_code == 200


def bent(cursor: str) -> str:
    return cursor[:-3] + ("AAA" if cursor[-3:] != "AAA" else "BBB")


def test_a_cursor_that_was_changed_or_made_up_is_refused(many, program_of):
    program = program_of("值班员")
    following = program.get(f"{API}/sites?limit=50").json()["next"]
    cursor = following.split("cursor=")[1]
    for tampered in (bent(cursor), "x", "A" * 900, signing.dumps(["q", "T001"], salt="else")):
        refused = program.get(f"{API}/sites?limit=50&cursor={tampered}")
        assert refused.status_code == 400
        assert refused.json()["type"] == "urn:zhihuan:problem:bad-cursor"
        assert refused.json()["errors"][0]["field"] == "cursor"


def test_a_cursor_belongs_to_its_own_question(many, program_of):
    program = program_of("值班员")
    following = program.get(f"{API}/sites?limit=50").json()["next"]
    cursor = following.split("cursor=")[1]
    assert program.get(f"{API}/sites?limit=10&cursor={cursor}").status_code == 200
    for other in ("sites?q=场地&limit=50", "enterprises?limit=50"):
        assert program.get(f"{API}/{other}&cursor={cursor}").status_code == 400


def test_filters_narrow_and_combine(here, there, program_of):
    program = program_of("值班员")

    def codes(query: str) -> list[str]:
        return [each["code"] for each in program.get(f"{API}/enterprises?{query}").json()["items"]]

    assert codes(f"town={here.town.code}") == ["E1"]
    assert codes(f"town={here.town.code}&town={there.town.code}") == ["E1", "E2"]
    assert codes("q=小榄 印染") == ["E2"]
    assert codes("industry=9999") == []
    assert codes("synthetic=true&status=operating&q=三角") == ["E1"]


def test_what_was_in_force_on_a_day(here, program_of):
    program = program_of("值班员")
    assert program.get(f"{API}/limits?on=2014-12-31").json()["items"] == []
    assert len(program.get(f"{API}/limits?on=2020-01-01&point=WS-1").json()["items"]) == 1


@pytest.mark.parametrize(("query", "field"), [
    ("twon=442000101", "twon"), ("limit=0", "limit"), ("limit=201", "limit"),
    ("status=sleeping", "status.0"), ("synthetic=perhaps", "synthetic"), ("q=" + "长" * 61, "q"),
])  # fmt: skip
def test_a_question_that_makes_no_sense_is_refused_with_its_remedy(query, field, here, program_of):
    refused = program_of("值班员").get(f"{API}/enterprises?{query}")
    assert refused.status_code == 422
    errors = refused.json()["errors"]
    assert [error["field"] for error in errors] == [field]
    assert errors[0]["what"]
    assert errors[0]["how"]


def test_who_has_it_already_is_told_so_without_the_body(here, program_of):
    program = program_of("值班员")
    first = program.get(f"{API}/points/WS-1")
    again = program.get(f"{API}/points/WS-1", **{"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    here.point.name = "改名"
    here.point.save()
    changed = program.get(f"{API}/points/WS-1", **{"if-none-match": first["ETag"]})
    assert changed.status_code == 200


def test_the_document_is_open_and_other_addresses_are_told_as_problems(client, db):
    document = client.get(f"{API}/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    missing = client.get(f"{API}/no/such")
    assert (missing.status_code, missing["Content-Type"]) == (404, "application/problem+json")


def test_a_method_that_does_not_exist_is_told_with_those_that_do(here, program_of, client):
    program = program_of("档案管理员")
    refused = client.delete(f"{API}/points/WS-1", headers=program._headers)
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, PATCH")
    assert refused.json()["type"] == "urn:zhihuan:problem:method-not-allowed"


#: What opens without a token. Whatever is added here is open to everybody in the world.
OPEN = {"api-document", "api-nothing"}
#: Open by declaration: tests/web/api/public.
PUBLIC = {f"api-public-{name}" for name in (
    "today", "declaration", "stations", "latest", "places", "latest-csv", "station", "hours",
    "hours-csv",
)}  # fmt: skip


def test_every_other_address_refuses_a_stranger_whatever_the_method(client, db, settings):
    settings.ZHIHUAN_API_PER_ADDRESS = 0
    for pattern in urlpatterns():
        address = "/" + re.sub(r"<int:\w+>", "1", str(pattern.pattern))
        address = re.sub(r"<\w+:\w+>", "x", address)
        if pattern.name in OPEN or pattern.name in PUBLIC:
            continue
        for method in (client.get, client.head, client.post, client.patch, client.delete):
            assert method(address).status_code == 401, address
