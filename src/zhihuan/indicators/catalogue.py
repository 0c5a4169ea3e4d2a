"""The figures there are. A line registers its own from its AppConfig; pages, interface and command find them here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhihuan.indicators.declaration import Acts, Indicator, Share

__all__ = ["acts_of", "counted_procedures", "indicator_of", "indicators", "kinds", "register", "shares", "source_words"]  # fmt: skip

_indicators: dict[str, Indicator] = {}
_shares: dict[str, Share] = {}
_acts: dict[str, Acts] = {}
_sources: dict[str, Any] = {}


def register(*figures: Indicator | Share, sources: Mapping[str, Any] | None = None) -> None:
    """Take declarations in. sources: words for the codes that ``Traits.source`` may have; whoever comes first
    gives the words. ValueError for a code that is declared twice, differently."""
    for figure in figures:
        if isinstance(figure, Share):
            _put(_shares, figure.code, figure)
        else:
            _put(_acts, figure.acts.code, figure.acts)
            _put(_indicators, figure.code, figure)
    for code, words in (sources or {}).items():
        _sources.setdefault(code, words)


def _put(known: dict[str, Any], code: str, given: Any) -> None:
    if known.setdefault(code, given) != given:
        raise ValueError(f"{code} is declared twice, differently")


def indicators() -> list[Indicator]:
    """All, in the order registered."""
    return list(_indicators.values())


def indicator_of(code: str) -> Indicator | None:
    """The one of that code; None for none."""
    return _indicators.get(code)


def shares() -> list[Share]:
    """All, in the order registered."""
    return list(_shares.values())


def kinds() -> list[Acts]:
    """Of acts, all that anything counts, in the order registered."""
    return list(_acts.values())


def acts_of(procedure: str) -> list[Acts]:
    """What is counted of the matters of a procedure."""
    return [each for each in _acts.values() if procedure in each.procedures]


def counted_procedures() -> list[str]:
    """Codes of the procedures of which anything is counted, in the order registered."""
    return list(dict.fromkeys(code for each in _acts.values() for code in each.procedures))


def source_words() -> Mapping[str, Any]:
    """Code → words, of all sources that lines know."""
    return dict(_sources)
