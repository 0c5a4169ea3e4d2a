"""``frost-sta-client``, the reference client of the FROST server's makers, reads us over HTTP."""

from __future__ import annotations

import re
from pathlib import Path

import frost_sta_client as fsc
import pytest
import requests
from frost_sta_client.service.auth_handler import AuthHandler

PAGE = Path(__file__).parents[3] / "docs" / "sensorthings.md"


class Token(AuthHandler):
    """As docs/sensorthings.md shows it."""

    def __init__(self, token: str) -> None:
        self.token = token

    def add_auth_header(self):
        def with_token(request):
            request.headers["Authorization"] = f"Bearer {self.token}"
            return request

        return with_token


@pytest.fixture
def address(live_server, city):
    return f"{live_server.url}/sensorthings/v1.1"


@pytest.fixture
def public(address):
    return fsc.SensorThingsService(address)


@pytest.fixture
def theirs(address, token_of):
    return fsc.SensorThingsService(address, auth_handler=Token(token_of("值班员").token))


@pytest.mark.django_db(transaction=True)
def test_every_set_is_listed_page_by_page(public, theirs):
    for name, public_count, officers_count in (
        ("things", 3, 4), ("locations", 3, 4), ("historical_locations", 3, 4),
        ("datastreams", 6, 7), ("sensors", 3, 4), ("features_of_interest", 3, 4),
    ):  # fmt: skip
        for service, count in ((public, public_count), (theirs, officers_count)):
            found = getattr(service, name)().query().top(2).count().list()
            assert found.count == count, name
            assert len({each.id for each in found}) == count, name


@pytest.mark.django_db(transaction=True)
def test_entities_are_found_expanded_ordered_and_chosen(theirs, city):
    thing = theirs.things().find(city["KQ-1"].pk)
    assert (thing.name, thing.properties["code"]) == ("点位 KQ-1", "KQ-1")
    (place,) = thing.get_locations().query().list()
    assert place.location["coordinates"] == [113.38, 22.52]
    (expanded,) = (
        theirs.things().query().filter("properties/code eq 'KQ-1'")
        .expand("Datastreams($expand=ObservedProperty,Sensor,Observations($top=1)),Locations").list()
    )  # fmt: skip
    streams = {
        (each.observed_property.id, each.properties["kind"]) for each in expanded.datastreams
    }
    assert streams == {
        ("a34004", "minute"), ("a34004", "hour"), ("a34004", "day"), ("a05024", "hour"),
    }  # fmt: skip
    assert all(len(each.observations.entities) == 1 for each in expanded.datastreams)
    assert {each.unit_of_measurement.symbol for each in expanded.datastreams} == {"µg/m³"}
    named = theirs.things().query().select("name").orderby("name", "DESC").list()
    assert [each.name for each in named] == sorted((each.name for each in named), reverse=True)


@pytest.mark.django_db(transaction=True)
def test_observations_are_read_to_their_end(public):
    minutes = "properties/kind eq 'minute' and properties/factor eq 'a34004'"
    (stream,) = public.datastreams().query().filter(minutes).list()
    rows = stream.get_observations().query().top(50).orderby("phenomenonTime", "ASC").list()
    found = list(rows)
    assert [row.result for row in found] == [minute / 4 for minute in range(144)]
    assert found[0].phenomenon_time == "2026-05-31T16:00:00Z/2026-05-31T16:10:00Z"
    assert public.observations().find(found[5].id).result == 1.25


@pytest.mark.django_db(transaction=True)
def test_refusals_reach_the_client_as_such(public, theirs, city):
    for call, status in (
        (lambda: public.things().query().filter("name eq").list(), 400),
        (lambda: public.things().find(city["WS-1"].pk), 404),
        (lambda: theirs.create(fsc.Thing(name="x", description="y")), 405),
    ):
        with pytest.raises(requests.exceptions.HTTPError) as refused:
            call()
        assert refused.value.response.status_code == status


@pytest.mark.django_db(transaction=True)
def test_the_documented_program_runs(address, token_of, rows, capsys):
    (program,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    known = {
        "ZHIHUAN": address.removesuffix("/sensorthings/v1.1"),
        "TOKEN": token_of("值班员").token,
    }
    exec(compile(program, str(PAGE), "exec"), known)
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 2
    assert all(line.endswith("41.0, 42.0, 43.0]") for line in told)
