"""How the records of a model hang on places and organisations, said once on the model (``SCOPE``)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScopeFields:
    """Look-ups from a record to its town and to the organisation it belongs to ("" = none).

    An organisation belongs to itself (``pk``). ``is_many``: a look-up leads to several (the towns a
    river flows through); lying in one is enough. ``outside``: the organisation is never part of the bureau
    (an enterprise, the party of a matter).
    """

    town: str = ""
    organisation: str = ""
    is_many: bool = False
    outside: bool = False
