"""Strategies that build any command of any edition, from the tables and declarations themselves."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st

from zhihuan.hj212 import BEIJING
from zhihuan.hj212.codes import Edition
from zhihuan.hj212.codes.fields import Field
from zhihuan.hj212.commands import Body, SetPassword, SetReportTime
from zhihuan.hj212.commands.history import Span
from zhihuan.hj212.commands.slots import BODIES, Slot, dictionary_entry, slots_of

_SAFE = st.characters(codec="utf-8", exclude_characters=";,=&#/ ", exclude_categories=("C", "Z"))
_CODES = st.from_regex(r"[a-z][0-9]{5}", fullmatch=True)
_TIMES = st.integers(0, 2**31).map(lambda s: datetime.fromtimestamp(978307200 + s, BEIJING))
_DECIMALS = st.decimals(-(10**12), 10**12, allow_nan=False, places=3)


class AnyCommand:
    """Makes valid instances of command classes."""

    def body(self, name: str, edition: Edition) -> st.SearchStrategy[Body]:
        """Any value of a command class that an edition lets through."""
        cls = BODIES[name]
        fixed = self._fixed(cls)
        if fixed is not None:
            return fixed
        return st.builds(cls, **{s.attribute: self._slot(s, edition) for s in slots_of(cls)})

    def _fixed(self, cls: type[Any]) -> st.SearchStrategy[Body] | None:
        """Classes with a rule no single field can tell."""
        if issubclass(cls, Span):
            return st.tuples(_TIMES, st.timedeltas(timedelta(0), timedelta(days=90))).map(
                lambda pair: cls(
                    begin=pair[0], end=pair[0] + timedelta(seconds=int(pair[1].total_seconds()))
                )
            )
        if cls is SetReportTime:
            return st.from_regex(r"([01][0-9]|2[0-3])[0-5][0-9]", fullmatch=True).map(
                lambda at: cls(at_hhmm=at)
            )
        if cls is SetPassword:
            return st.from_regex(r"[0-9A-Za-z]{6}", fullmatch=True).map(lambda pw: cls(password=pw))
        return None

    def _slot(self, slot: Slot, edition: Edition) -> st.SearchStrategy[Any]:
        if slot.reading is not None:
            return self._readings(slot.reading, edition)
        entry = slot.entry(edition)
        one = self._value(entry, slot)
        if slot.repeated:
            return st.lists(one, max_size=4).map(tuple)
        if slot.required:
            return one
        return one | st.just("" if entry.kind == "text" else None)

    def _value(self, entry: Field, slot: Slot) -> st.SearchStrategy[Any]:
        if entry.kind == "integer":
            allowed = [int(value) for value, _ in entry.choices]
            return (
                st.sampled_from(allowed)
                if allowed
                else st.integers(entry.minimum or 0, entry.maximum)
            )
        if entry.kind == "time":
            return _TIMES
        if entry.kind == "clock":
            return st.times().map(lambda t: time(t.hour, t.minute, t.second))
        if entry.kind == "decimal":
            return _DECIMALS.map(abs)
        if slot.attribute == "info":
            return st.from_regex(r"i[0-9]{5}", fullmatch=True)
        low = max(entry.minimum or 0, 0 if slot.required else 1)
        return st.from_regex(f"[0-9A-Za-z]{{{low},{entry.maximum or 20}}}", fullmatch=True)

    def _readings(self, cls: type[Any], edition: Edition) -> st.SearchStrategy[Any]:
        """Groups of distinct codes, each with at least one sub-field."""
        subs = {f.name: f.metadata for f in fields(cls) if "sub" in f.metadata}
        given = {name: self._sub(told["sub"], told["kind"], edition) for name, told in subs.items()}
        first = next(iter(subs))
        reading = st.builds(
            cls,
            code=_CODES,
            **{
                name: one if name == first else one | self._absent(subs[name]["kind"])
                for name, one in given.items()
            },
        )
        return st.lists(reading, max_size=5, unique_by=lambda r: r.code).map(tuple)

    def _absent(self, kind: str) -> st.SearchStrategy[Any]:
        return st.just("" if kind in {"text", "mark"} else None)

    def _sub(self, name: str, kind: str, edition: Edition) -> st.SearchStrategy[Any]:
        choices = dictionary_entry(f"-{name}", edition).choices
        if choices:
            return st.sampled_from([int(value) for value, _ in choices])
        return {
            "decimal": _DECIMALS,
            "integer": st.integers(0, 99),
            "time": _TIMES,
            "text": st.text(_SAFE, min_size=1, max_size=20),
            "mark": st.sampled_from(["N", "D", "M", "lr"]),
        }[kind]


@pytest.fixture(scope="session")
def any_command() -> AnyCommand:
    """The maker of commands."""
    return AnyCommand()
