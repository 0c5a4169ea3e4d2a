"""What somebody may send to hurt: it ends soon, bounded, with words, and never with a fault of ours."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

RING = ",".join(f"{113 + n / 10_000:.4f} 22.{n % 10}" for n in range(5_000))


TOO_MUCH = [
    ("/Things", {"filter": "(" * 5_000 + "id eq 1" + ")" * 5_000}, "$filter"),
    ("/Things", {"filter": "not " * 60 + "properties/synthetic"}, "$filter"),
    ("/Things", {"filter": " or ".join(["id eq 1"] * 200)}, "$filter"),
    ("/Things", {"filter": "id add " * 60 + "1 gt 1"}, "$filter"),
    ("/Things", {"filter": "name eq '" + "x" * 9_000 + "'"}, "$filter"),
    ("/Things", {"filter": "id eq 1" + "0" * 300}, "$filter"),
    ("/Things", {"filter": "id eq 99999999999999999999"}, "$filter"),
    ("/Things", {"filter": "1e308 mul 1e308 gt id"}, "$filter"),
    ("/Things", {"filter": "/".join(["Datastreams/Thing"] * 9) + "/name eq 'a'"}, "$filter"),
    ("/Things", {"filter": f"st_within(Locations/location,geography'POLYGON(({RING}))')"}, "$filter"),
    ("/Locations", {"filter": "st_within(location,geography'POINT(1e400 1)')"}, "$filter"),
    ("/Things", {"orderby": ",".join(["name"] * 11)}, "$orderby"),
    ("/Things", {"expand": "Datastreams/Thing/Datastreams/Thing/Datastreams/Thing"}, "$expand"),
    ("/Things", {"expand": "Datastreams($expand=" * 6 + "Thing" + ")" * 6}, "$expand"),
    ("/Things", {"top": 10**12}, "$top"),
    ("/Things", {"top": -1}, "$top"),
    ("/Things", {"skip": 10**12}, "$skip"),
    ("/Things", {"skip": "１０"}, "$skip"),
    ("/Observations", {"skip": 10**9}, "$skip"),
    ("/Observations", {"filter": "result eq " + "9" * 400}, "$filter"),
    ("/Observations", {"skiptoken": "9" * 5_000}, "$skiptoken"),
]  # fmt: skip


def test_too_much_is_refused_with_the_option_and_the_bound(get, city, officer):
    for path, options, option in TOO_MUCH:
        refused = get(path, **options)
        assert refused.status_code == 400, (options, refused.content.decode()[:300])
        document = refused.json()
        assert document["errors"][0]["field"] == option, options
        assert len(document["detail"]) < 300, options


HARMLESS = [
    ("/Things", {"top": 10**9}),
    ("/Things", {"skip": 10**9}),
    ("/Things", {"filter": "id eq 9007199254740991 or id mul id mul id mul id mul id lt 0"}),
    ("/Things", {"filter": "id mul 9007199254740991 mul 9007199254740991 gt 0"}),
    ("/Things", {"filter": "substring(name,9007199254740991) eq '' or substring(name,0,9007199254740991) eq 'a'"}),
    ("/Things", {"filter": "substring(name,-9007199254740991) eq 'a'"}),
    ("/Things", {"filter": "name eq 'a\x00b'"}),
    ("/Things", {"filter": "contains(name,'%_[]\\')"}),
    ("/Things", {"filter": "name eq '''; DROP TABLE registry_device; --'"}),
    ("/Things", {"filter": "properties/nothing/deeper eq 1 or properties/code eq 'KQ-1'"}),
    ("/Things", {"filter": "/".join(["Datastreams/Thing"] * 5) + "/name eq 'a'"}),
    ("/Things", {"orderby": "id mul 9007199254740991 mul id"}),
    ("/Things", {"filter": "length(concat(name,name)) gt 1e300"}),
    ("/ObservedProperties", {"filter": "name eq 'a\x00b'", "top": 10**9}),
    ("/Observations", {"top": 10**9}),
    ("/Observations", {"filter": "phenomenonTime gt 9999-12-31T23:59:59Z"}),
    ("/Observations", {"filter": "phenomenonTime lt 0001-01-01T00:00:00Z"}),
    ("/Observations", {"filter": "result mul 1e308 mul 1e308 gt 0"}),
    ("/Observations", {"filter": "phenomenonTime add duration'P999999D' gt now()"}),
    ("/Observations('999999999999999999-9999999999')", {}),
    ("/Sensors", {"filter": "Datastreams/Observations/result gt 1"}),
]  # fmt: skip


@pytest.mark.django_db(transaction=True)  # a database's refusal spoils a transaction
def test_what_looks_dangerous_gets_an_answer_of_ours(get, city, officer):
    for path, options in HARMLESS:
        answer = get(path, **options)
        assert answer.status_code in {200, 400, 404, 501}, (options, answer.content.decode()[:300])
        if answer.status_code == 200:
            assert len(answer.json()["value"]) <= 11_000
        else:
            assert answer["Content-Type"] == "application/problem+json", options


def test_twice_the_same_option_and_unknown_ones_are_refused(client, city):
    root = "/sensorthings/v1.1/Things"
    assert client.get(f"{root}?$top=1&$top=2").status_code == 400
    assert client.get(f"{root}?$apply=aggregate(id)").status_code == 501
    assert client.get(f"{root}?mine=1").status_code == 200


def test_a_store_that_is_down_is_said_to_be(get, city, officer, monkeypatch):
    from zhihuan.telemetry.store import QueryTooLarge, StoreUnavailable
    from zhihuan.telemetry.store.sql_store import SqlStore

    def fails(error):
        def read(*_args, **_given):
            raise error

        return read

    assert get("/Observations", top=1).status_code == 200
    monkeypatch.setattr(SqlStore, "edge_rows", fails(StoreUnavailable("the disk is gone")))
    answer = get("/Observations", top=1)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "disk" not in answer.content.decode()
    monkeypatch.setattr(SqlStore, "edge_rows", fails(QueryTooLarge("20 million rows")))
    answer = get("/Observations", top=1)
    assert answer.status_code == 400
    assert "phenomenonTime" in answer.json()["detail"]


_WORDS = st.sampled_from(
    ["id", "name", "properties/code", "Datastreams/id", "Locations/location", "eq", "and", "not", "(",
     ")", ",", "'", "'a'", "1", "-", "add", "div", "0", "1e9", "null", "true", "contains(", "st_within(",
     "geography'POINT(1 1)'", "now()", "2026-01-01T00:00:00Z", "duration'P1D'", "/", "$", "\x00", "中"]
)  # fmt: skip


@pytest.fixture
def asked(get, city, officer):
    return get


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(_WORDS, max_size=14),
    option=st.sampled_from(["filter", "orderby", "expand", "select"]),
)
@pytest.mark.django_db(transaction=True)  # as above: one refusal must not spoil the next question
def test_no_words_in_any_order_make_us_fail(asked, words, option):
    answer = asked("/Things", **{option: " ".join(words)})
    assert answer.status_code in {200, 400, 501}, (words, answer.content.decode()[:300])
