"""Why traffic was quarantined, in words for people: what it means and what to do about it.

The reasons themselves are decided by the codec (``hj212.Reason``) and by the gateway
(``telemetry.refusals.Refusal``); a test holds this table to both. The words are a packaged table,
``reasons.yaml``, because they are many; they go through gettext like every other text.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

import yaml
from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class ReasonWords:
    """One reason: its short name, and what to do."""

    code: str
    name: str
    advice: str
    replayable: bool = True


@functools.cache
def _table() -> Mapping[str, ReasonWords]:
    text = resources.files(__package__).joinpath("reasons.yaml").read_text("utf-8")
    return {row["code"]: ReasonWords(**row) for row in yaml.safe_load(text)}


def codes() -> frozenset[str]:
    """Every reason that has words."""
    return frozenset(_table())


def reason_words(code: str) -> ReasonWords:
    """The words for ``code`` in the reader's language; an unknown code is shown as itself."""
    known = _table().get(code)
    if known is None:
        return ReasonWords(code, code, "")
    return ReasonWords(code, gettext(known.name), gettext(known.advice), known.replayable)
