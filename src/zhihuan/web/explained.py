"""A frame told field by field, for people. "" where it cannot be read at all."""

from __future__ import annotations

import importlib.util

from zhihuan.bureau.acquisition.masking import masked


def explained(raw: bytes) -> str:
    """The explanation of ``raw`` in Chinese, with passwords and keys masked."""
    if importlib.util.find_spec("zhihuan.hj212.explain") is None:
        return ""
    from zhihuan.hj212.explain import explain

    return explain(masked(raw))
