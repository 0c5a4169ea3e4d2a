"""Columns in the native protocol's form: what is remembered between calls stays small."""

from __future__ import annotations

from zhihuan.telemetry.store import native_columns as native


def test_long_texts_travel_but_are_not_remembered() -> None:
    native._bytes_of.cache_clear()
    native._text_of.cache_clear()
    texts = ["w01018", "中" * 500]
    sent = native._encoded("frames.qn", texts)
    assert sent == [text.encode() for text in texts]
    table = native.from_native([sent], [("qn", "String")], binary=False)
    assert list(table["qn"]) == texts
    assert native._bytes_of.cache_info().currsize == 1
    assert native._text_of.cache_info().currsize == 1
