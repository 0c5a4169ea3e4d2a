"""SM3 against the standard's own examples."""

from __future__ import annotations

from zhihuan.telemetry.digest import frame_id, sm3


def test_the_examples_of_gb_t_32905_2016_annex_a() -> None:
    assert sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert sm3(b"abcd" * 16).hex() == (
        "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    )


def test_a_frame_is_named_by_the_first_eight_bytes() -> None:
    assert frame_id(sm3(b"abc")) == 0x66C7F0F462EEEDD9
