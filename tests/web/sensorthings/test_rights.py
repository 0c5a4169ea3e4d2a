"""What somebody may not read does not exist for them: in lists, counts, filters, relations, addresses."""

from __future__ import annotations

import pytest

from zhihuan.bureau.access import rates as rates_module
from zhihuan.bureau.people.actions import Reach, declared_actions
from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.places.city import find_town
from zhihuan.bureau.registry.models import Enterprise, Site

VIEW = "registry.view_monitoringpoint"
PUBLIC = {"KQ-1", "HL-1", "ZS-1"}


@pytest.fixture(autouse=True)
def fresh_rates(monkeypatch):
    monkeypatch.setattr(rates_module, "_rates", rates_module.Rates())


def codes(answer) -> set[str]:
    assert answer.status_code == 200, answer.content.decode()
    return {each["properties"]["code"] for each in answer.json()["value"]}


@pytest.fixture
def hidden(city, series, client):
    """Addresses of everything about the enterprise's outlet, as its own officer saw them."""
    pk, stream = city["WS-1"].pk, series("WS-1", "w01018", "hour")
    device = city["WS-1"].devices.get().pk
    client.logout()
    return {
        "Things": f"/Things({pk})",
        "Locations": f"/Locations({pk})",
        "HistoricalLocations": f"/HistoricalLocations({pk})",
        "FeaturesOfInterest": f"/FeaturesOfInterest({pk})",
        "Datastreams": f"/Datastreams({stream})",
        "Sensors": f"/Sensors({device})",
        "Observations": f"/Observations('{stream}-1780243200')",
        "nested": f"/Things({pk})/Datastreams({stream})/Observations('{stream}-1780243200')/result",
    }


def test_whoever_shows_nothing_reads_the_public_stations_alone(get, hidden):
    assert codes(get("/Things")) == PUBLIC
    for address in hidden.values():
        assert get(address).status_code == 404, address


def test_an_officer_reads_what_the_public_does_not(get, hidden, browser_of):
    browser_of("值班员")
    assert codes(get("/Things")) == PUBLIC | {"WS-1"}
    for address in hidden.values():
        assert get(address).status_code == 200, address


def test_counts_filters_and_relations_tell_nothing_of_what_is_hidden(get, city, hidden):
    assert get("/Things", count="true").json()["@iot.count"] == 3
    assert get("/Observations", count="true", top=0).json()["@iot.count"] == 218
    through = "Datastreams/Thing/properties/code eq 'WS-1'"
    assert get("/ObservedProperties", filter=through).json()["value"] == []
    assert get("/Sensors", filter=through).json()["value"] == []
    place = "st_within(location,geography'POLYGON((113.41 22.67,113.43 22.67,113.43 22.69,113.41 22.69,113.41 22.67))')"
    assert get("/Locations", filter=place).json()["value"] == []
    document = get("/ObservedProperties('w01018')", expand="Datastreams($expand=Thing)").json()
    seen = {each["Thing"]["properties"]["code"] for each in document["Datastreams"]}
    assert seen == {"HL-1"}
    hidden_stream = hidden["Datastreams"].removeprefix("/Datastreams(").removesuffix(")")
    found = get("/Observations", filter=f"Datastream/id eq {hidden_stream}").json()
    assert found["value"] == []


def test_a_devices_number_is_told_to_those_who_may_see_devices(get, city, token_of, client):
    number = "properties/mn eq 'MNHL-1'"
    for ask in (get, token_of("值班员", scopes=[VIEW])):
        assert {each["properties"]["mn"] for each in ask("/Sensors").json()["value"]} == {None}
        assert ask("/Sensors", filter=number).json()["value"] == []
        assert ask("/Things", filter=f"Datastreams/Sensor/{number}").json()["value"] == []
    both = token_of("值班员", scopes=[VIEW, "registry.view_device"])
    (sensor,) = both("/Sensors", filter=number).json()["value"]
    assert sensor["properties"]["mn"] == "MNHL-1"


def test_nothing_of_how_a_device_speaks_is_read(get, city, token_of):
    device = city["WS-1"].devices.get()
    device.password, device.keys = "geheim-123456", "0123456789abcdef"
    device.save()
    ask = token_of("值班员")
    for address in (f"/Sensors({device.pk})", "/Sensors"):
        text = ask(address).content.decode()
        assert "geheim" not in text
        assert "0123456789abcdef" not in text
    assert ask("/Sensors", filter="properties/password ne null").json()["value"] == []
    assert ask("/Sensors", filter="password ne null").status_code == 400


def test_an_enterprise_reads_its_own_points_and_the_public_ones(get, point, city, person, client):
    town = find_town("三角镇")
    for number in (1, 2):
        firm = Enterprise.objects.create(
            code=f"E{number}",
            name=f"企业{number}",
            kind="enterprise",
            town=town,
            no_code_reason="x",
        )
        site = Site.objects.create(code=f"S{number}", name="厂区", enterprise=firm, town=town)
        point(f"WS-{number}0", "wastewater", "w01018", site=site)
    client.force_login(person("企业用户", at=Enterprise.objects.get(code="E1")))
    assert codes(get("/Things")) == PUBLIC | {"WS-10"}
    (own,) = get("/Things", filter="properties/code eq 'WS-10'").json()["value"]
    assert own["properties"]["site"] == "厂区"


def test_a_right_that_reaches_a_territory_shows_its_towns(get, city, person, client, monkeypatch):
    monkeypatch.setitem(declared_actions()[VIEW].roles, "field_officer", Reach.TERRITORY)
    for name, seen in (("三角镇", PUBLIC | {"WS-1"}), ("小榄镇", PUBLIC)):
        branch = Organisation.objects.create(name=f"{name}分局", kind="branch")
        branch.towns.add(find_town(name))
        client.force_login(person("执法人员", at=branch, name=name))
        city["WS-1"].town = find_town("三角镇")
        city["WS-1"].save()
        assert codes(get("/Things")) == seen


def test_a_token_without_the_scope_and_a_role_without_the_right_read_as_the_public(
    get, city, token_of, browser_of
):
    assert codes(token_of("值班员", scopes=["registry.view_site"])("/Things")) == PUBLIC
    assert codes(token_of("值班员", scopes=[VIEW])("/Things")) == PUBLIC | {"WS-1"}
    browser_of("系统管理员")
    assert codes(get("/Things")) == PUBLIC


@pytest.mark.parametrize("shown", ["Bearer zhp_nonsense", "Bearer ", "Basic ZHV0eTpwdw=="])
def test_what_does_not_open_is_refused_never_taken_for_nobody(client, city, shown):
    answer = client.get("/sensorthings/v1.1/Things", headers={"authorization": shown})
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert "Bearer" in answer["WWW-Authenticate"]


def test_a_token_of_somebody_locked_out_opens_nothing(city, token_of, person):
    ask = token_of("值班员", scopes=[VIEW])
    person("值班员", name="值班员-0").__class__.objects.filter(username="值班员-0").update(
        is_active=False
    )
    assert ask("/Things").status_code == 401


def test_tokens_and_addresses_are_counted(client, city, token_of, settings):
    settings.ZHIHUAN_API_PER_CALLER = 3
    ask = token_of("值班员", scopes=[VIEW])
    answers = [ask("/Things", top=1) for _n in range(8)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert 1 <= int(refused[0]["Retry-After"]) <= 60
    settings.ZHIHUAN_API_PER_ADDRESS = 3
    address = "/sensorthings/v1.1/Things?$top=1"
    told = [client.get(address, REMOTE_ADDR="10.1.2.3").status_code for _n in range(8)]
    assert told.count(429) >= 2
    assert client.get(address, REMOTE_ADDR="10.1.2.4").status_code == 200


def test_answers_are_not_shared_between_readers(get, city):
    answer = get("/Things")
    assert "private" in answer["Cache-Control"]
    assert {"Authorization", "Cookie"} <= set(answer["Vary"].replace(" ", "").split(","))
