"""Options of an address, and of an expansion inside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.web.sensorthings.odata.expression import text
from zhihuan.web.sensorthings.odata.options import Options, read_options, written
from zhihuan.web.sensorthings.odata.refusal import Reason, Refusal


def _read(**options: str) -> Options:
    return read_options([(f"${name}", value) for name, value in options.items()])


def test_every_option_is_read():
    options = _read(
        filter="id eq 1", select="id,name", orderby="name desc", top="5", skip="10", count="true",
        resultFormat="dataArray", skiptoken="12.34",
    )  # fmt: skip
    assert text(options.filter) == "(id eq 1)"
    assert (options.select, options.top, options.skip) == (("id", "name"), 5, 10)
    assert (options.count, options.data_array, options.after) == (True, True, "12.34")
    assert options.orderby[0].descending


def test_names_of_the_clients_own_are_left_alone():
    assert read_options([("token", "x"), ("lang", "en")]) == Options()


@pytest.mark.parametrize(
    ("pairs", "reason"),
    [
        ([("$search", "x")], Reason.UNSUPPORTED_OPTION),
        ([("$apply", "x")], Reason.UNSUPPORTED_OPTION),
        ([("$Filter", "x")], Reason.UNSUPPORTED_OPTION),
        ([("$resultFormat", "GeoJSON")], Reason.UNSUPPORTED_OPTION),
        ([("$top", "1"), ("$top", "2")], Reason.OPTION_TWICE),
        ([("$top", "-1")], Reason.BAD_OPTION),
        ([("$top", "1.5")], Reason.BAD_OPTION),
        ([("$top", "五")], Reason.BAD_OPTION),
        ([("$top", "٣")], Reason.BAD_OPTION),
        ([("$top", "9" * 40)], Reason.BAD_OPTION),
        ([("$count", "yes")], Reason.BAD_OPTION),
        ([("$select", "name,")], Reason.BAD_OPTION),
        ([("$select", "a b")], Reason.BAD_OPTION),
        ([("$skiptoken", "../x")], Reason.BAD_TOKEN),
        ([("$expand", "")], Reason.BAD_OPTION),
        ([("$expand", "Things(")], Reason.EXPECTED),
        ([("$expand", "Things)")], Reason.EXPECTED),
        ([("$expand", "Things($top=1")], Reason.EXPECTED),
        ([("$expand", "Things(top=1)")], Reason.BAD_OPTION),
        ([("$expand", "Things($levels=2)")], Reason.UNSUPPORTED_OPTION),
        ([("$expand", "Things($filter=a eq 'x)")], Reason.UNFINISHED_TEXT),
        ([("$expand", "A($expand=" * 9 + "B" + ")" * 9)], Reason.TOO_DEEP),
        ([("$expand", "A/B/C/D/E/F")], Reason.TOO_DEEP),
        ([("$expand", ",".join("ABCDEFGHIJKLMNOPQRSTUVW"))], Reason.TOO_MANY_PARTS),
        ([("$expand", "A($top=1),A($top=2)")], Reason.OPTION_TWICE),
        ([("$filter", "x" * 9000)], Reason.TOO_LONG),
    ],
)
def test_options_that_make_no_sense_are_refused_by_name(pairs, reason):
    with pytest.raises(Refusal) as refused:
        read_options(pairs)
    assert refused.value.reason is reason
    assert refused.value.option.startswith("$")


def test_expansions_nest_with_options_of_their_own():
    (expansion,) = _read(
        expand="Datastreams($filter=name eq 'a;b)(' ;$top=2;$expand=Observations($top=1),Sensor)"
    ).expand
    assert expansion.name == "Datastreams"
    assert text(expansion.options.filter) == "(name eq 'a;b)(')"
    assert expansion.options.top == 2
    assert [each.name for each in expansion.options.expand] == ["Observations", "Sensor"]
    assert expansion.options.expand[0].options.top == 1


def test_paths_of_expansions_grow_together_into_one_tree():
    (tree,) = _read(
        expand="Datastreams/Sensor,Datastreams($top=3),Datastreams/ObservedProperty"
    ).expand
    assert tree.options.top == 3
    assert {each.name for each in tree.options.expand} == {"Sensor", "ObservedProperty"}


_filters = st.sampled_from(["id eq 1", "name eq 'a;b)'", "not (a or b) and c gt -1.5"])
_options = st.fixed_dictionaries(
    {},
    optional={
        "$filter": _filters,
        "$select": st.sampled_from(["id", "name,description"]),
        "$orderby": st.sampled_from(["id", "name desc,id"]),
        "$top": st.integers(0, 9999).map(str),
        "$skip": st.integers(1, 9999).map(str),
        "$count": st.sampled_from(["true", "false"]),
    },
)


@st.composite
def _with_expansions(draw):
    options = draw(_options)
    if names := draw(st.lists(st.sampled_from("ABC"), unique=True, max_size=2)):
        inner = [
            ";".join(f"{name}={value}" for name, value in draw(_options).items()) for _ in names
        ]
        parts = [
            f"{name}({text})" if text else name for name, text in zip(names, inner, strict=True)
        ]
        options["$expand"] = ",".join(parts)
    return list(options.items())


@given(_with_expansions())
def test_options_written_into_a_link_are_read_as_the_same_options(pairs):
    options = read_options(pairs)
    assert read_options(written(options)) == options
