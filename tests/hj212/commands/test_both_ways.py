"""Every command of every edition goes over the wire and comes back the same."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.hj212 import Decoder, DeviceProfile, Message, decode_frame, frame
from zhihuan.hj212.codes import CommandCode, Edition, commands
from zhihuan.hj212.commands import (
    Body,
    CommandError,
    UnknownCommand,
    body_class,
    edition_of_message,
    parse_command,
)
from zhihuan.hj212.commands.slots import BODIES

CASES = [
    pytest.param(row, edition, id=f"{row.cn}-{edition.value}-{row.sender}-{row.body}")
    for row in commands()
    for edition in row.editions
]


def _message(cp: str, row: CommandCode, edition: Edition) -> Message:
    """The command on the wire; not through the strict encoder, for CPs may be long."""
    st_code = (row.system_types or (("21",) if edition is Edition.SURFACE_WATER else ("32",)))[0]
    flag = edition.version << 2 | 1
    head = f"QN=20240601085857223;ST={st_code};CN={row.cn};PW=123456;MN=010000A8900016F000169DC0;Flag={flag}"
    profile = DeviceProfile(surface_water=edition is Edition.SURFACE_WATER)
    message = decode_frame(frame(f"{head};CP=&&{cp}&&".encode()), profile)
    assert isinstance(message, Message), message
    assert edition_of_message(message) is edition
    return message


def test_every_command_in_the_table_has_a_class_that_reads_it_and_none_is_idle() -> None:
    for row in commands():
        assert issubclass(body_class(row), Body), row
        assert body_class(row).__doc__, row
    idle = {
        name
        for name, cls in BODIES.items()
        if issubclass(cls, Body) and name not in {row.body for row in commands()}
    }
    assert idle == {"Span", "UnknownCommand"}


@pytest.mark.parametrize(("row", "edition"), CASES)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_what_is_printed_is_read_back_the_same(
    any_command: Any, row: CommandCode, edition: Edition, data: st.DataObject
) -> None:
    body = data.draw(any_command.body(row.body, edition))
    assert body.problems(edition) == ()
    cp = body.to_cp(edition)
    sender = "device" if row.sender == "both" else row.sender
    again = parse_command(_message(cp, row, edition), sender=sender)
    assert again == body
    assert again.to_cp(edition) == cp


@pytest.mark.parametrize(("row", "edition"), CASES)
@settings(max_examples=4, deadline=None)
@given(data=st.data())
def test_without_knowing_the_sender_the_cp_tells_what_it_is(
    any_command: Any, row: CommandCode, edition: Edition, data: st.DataObject
) -> None:
    """Except where a CP that says nothing could be either side's: then asking is assumed."""
    body = data.draw(any_command.body(row.body, edition))
    cp = body.to_cp(edition)
    found = parse_command(_message(cp, row, edition))
    assert not found.extra
    assert found.to_cp(edition) == cp
    if cp and "DataTime=" in cp:
        assert type(found) is type(body)


@pytest.mark.shared
def test_the_standards_own_examples_are_printed_as_the_standards_print_them(shared: Path) -> None:
    """But for their misprints: blanks, a lost w, and the order of noise levels (C.28)."""
    checked, differing = 0, []
    for line in (shared / "data/hj212/vectors.jsonl").read_text(encoding="utf-8").split("\n"):
        vector = json.loads(line) if line else {"expect": {}}
        if not str(vector["expect"].get("kind", "")).startswith("standard"):
            continue
        message = decode_frame(vector["frame"].encode())
        if not isinstance(message, Message) or " " in vector["frame"]:
            continue
        edition = edition_of_message(message)
        answers = (message.get("QN") or "") if edition is Edition.HJ2005 else ""
        printed = parse_command(message).to_cp(edition, answers=answers)
        sent = message.raw.decode().split("CP=&&")[1].rsplit("&&", 1)[0]
        checked += 1
        if printed != sent:
            differing.append(sent[:60])
    assert checked >= 35
    assert sorted(text[:40] for text in differing) == [
        "DataTime=20160801085857;w01001-Rtd=7.1,w",
    ]


@pytest.mark.shared
def test_every_captured_frame_parses_or_says_which_field_is_wrong(shared: Path) -> None:
    parsed = unknown = 0
    named: list[tuple[bool, bool]] = []
    for line in (shared / "data/hj212/vectors.jsonl").read_text(encoding="utf-8").split("\n"):
        vector = json.loads(line) if line else {"frame": ""}
        decoder = Decoder()
        stream = vector["frame"].encode(vector.get("encoding", "utf-8"))
        for event in [*decoder.feed(stream), *decoder.close()]:
            if not isinstance(event, Message):
                continue
            try:
                body = parse_command(event)
            except CommandError as error:
                named.append((error.cn == event.cn, bool(error.key)))
                continue
            parsed += 1
            unknown += isinstance(body, UnknownCommand)
    assert parsed >= 100
    assert unknown == 0
    assert set(named) <= {(True, True)}


_ANY_CP = st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), max_size=60)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(CASES), _ANY_CP)
def test_no_cp_however_odd_raises_anything_but_a_command_error(case: Any, text: str) -> None:
    row, edition = case.values
    head = f"QN=20240601085857223;ST=32;CN={row.cn};PW=123456;MN=1;Flag={edition.version << 2}"
    message = decode_frame(frame(f"{head};CP=&&{text}&&".encode()))
    if isinstance(message, Message):
        with contextlib.suppress(CommandError):
            parse_command(message).to_cp(edition_of_message(message))
