"""Observations written as text say what their documents say."""

from __future__ import annotations

import json
import math

from hypothesis import given
from hypothesis import strategies as st

from zhihuan.telemetry.kinds import Kind
from zhihuan.web.sensorthings.ask import Ask
from zhihuan.web.sensorthings.documents import entities
from zhihuan.web.sensorthings.observations import Observations, _row
from zhihuan.web.sensorthings.observing.observed import Observed
from zhihuan.web.sensorthings.observing.page_text import texts
from zhihuan.web.sensorthings.observing.series import Series, Source
from zhihuan.web.sensorthings.odata.options import Options

ROOT = 'http://eco.example/"quoted"/sensorthings/v1.1'
numbers = st.one_of(st.just(math.nan), st.floats(allow_nan=False, allow_infinity=False))
kinds = st.sampled_from([Kind.REALTIME, Kind.MINUTE, Kind.HOUR, Kind.DAY])
every_series = st.builds(
    Series, st.integers(1, 2**62), st.integers(1, 2**62), st.just("w01018"), kinds.map(int),
    st.just((Source("MN"),)), st.sampled_from([1, 5, 10]),
)  # fmt: skip
observed = st.builds(
    Observed, every_series, st.integers(0, 2**32 - 1), *[numbers] * 7,
    st.sampled_from(["N", "D", "", '"']), st.integers(0, 2**32 * 1000),
)  # fmt: skip


@given(st.lists(observed, max_size=5))
def test_a_page_says_the_same_as_text_and_as_documents(rows):
    documents = entities(Ask(None, ROOT), Observations(), [_row(each) for each in rows], Options())
    written = [json.loads(text) for text in texts(ROOT, rows)]
    assert written == documents
    assert [list(each) for each in written] == [list(each) for each in documents]


def test_what_json_has_no_number_for_is_null():
    series = Series(1, 1, "w01018", int(Kind.HOUR), (Source("MN"),), 10)
    row = Observed(series, 0, math.inf, -math.inf, *[math.nan] * 5, "N", 0)
    (text,) = texts(ROOT, [row])
    assert json.loads(text)["result"] is None
    assert json.loads(text)["parameters"] == {}
