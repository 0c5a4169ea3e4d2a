"""Resource paths as they are written."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.web.sensorthings.odata.address import Segment, key_text, read_address
from zhihuan.web.sensorthings.odata.refusal import Reason, Refusal


def test_an_address_is_its_segments():
    assert read_address("/Things(1)/Datastreams('a/b''c')/name/$value") == (
        Segment("Things", 1), Segment("Datastreams", "a/b'c"), Segment("name"), Segment("$value"),
    )  # fmt: skip


@pytest.mark.parametrize("written", ["", "/", "//"])
def test_the_root_has_none(written):
    assert read_address(written) == ()


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("Things()", Reason.BAD_ADDRESS),
        ("Things(1", Reason.EXPECTED),
        ("Things(1))", Reason.EXPECTED),
        ("Things(-1)", Reason.BAD_ADDRESS),
        ("Things(1.5)", Reason.BAD_ADDRESS),
        ("Things(" + "9" * 30 + ")", Reason.BAD_ADDRESS),
        ("Things('a)", Reason.UNFINISHED_TEXT),
        ("Things('a'b')", Reason.UNFINISHED_TEXT),
        ("Things//Datastreams", Reason.BAD_ADDRESS),
        ("Things;drop", Reason.BAD_ADDRESS),
        ("../etc", Reason.BAD_ADDRESS),
        ("A/" * 40, Reason.TOO_MANY_PARTS),
        ("A" * 9000, Reason.TOO_LONG),
    ],
)
def test_what_is_no_address_is_refused(written, reason):
    with pytest.raises(Refusal) as refused:
        read_address(written)
    assert refused.value.reason is reason


@given(st.one_of(st.integers(0, 10**18 - 1), st.text(max_size=30)))
def test_a_key_written_into_an_address_is_read_again(key):
    assert read_address(f"Things({key_text(key)})") == (Segment("Things", key),)


@given(st.text(max_size=120))
def test_any_text_is_an_address_or_refused(written):
    with suppress(Refusal):  # any other exception fails the test
        read_address(written)
