"""What is declared of models and fields beside the models, as values: ``meanings/*.yaml`` for the bureau's
own, ``meanings.yaml`` in the folder of a business line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a field means, in one sentence without a full stop. ``codes`` names the code table its values
    are of, ``source`` the standard or law that defines it ("" = that of its model)."""

    meaning: str
    unit: str = ""
    codes: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class DeclaredModel:
    """``permission``: of those who may see it, where it is not ``view_<model>``; "app.view_*" for
    every act of such a name. ``personal`` and ``secret`` name fields: data about a natural person; what
    no page, file or log shows."""

    fields: Mapping[str, Meaning]
    permission: str = ""
    source: str = ""
    personal: frozenset[str] = field(default_factory=frozenset)
    secret: frozenset[str] = field(default_factory=frozenset)


@cache
def declared_models() -> Mapping[str, DeclaredModel]:
    """Every declaration by ``app.Model``. ValueError for a model that is declared twice."""
    found: dict[str, DeclaredModel] = {}
    for file in _files():
        for label, given in yaml.safe_load(file.read_text("utf-8")).items():
            if label in found:
                raise ValueError(f"{label} is declared twice")
            found[label] = _model(given)
    return found


def _files() -> Iterator[Path]:
    yield from sorted((Path(__file__).parent / "meanings").glob("*.yaml"))
    beside = (Path(config.path) / "meanings.yaml" for config in apps.get_app_configs())
    yield from (file for file in beside if file.is_file())


def _model(given: dict[str, Any]) -> DeclaredModel:
    return DeclaredModel(
        fields={name: _meaning(told) for name, told in given["fields"].items()},
        permission=given.get("permission", ""),
        source=given.get("source", ""),
        personal=frozenset(given.get("personal", ())),
        secret=frozenset(given.get("secret", ())),
    )


def _meaning(told: str | dict[str, str]) -> Meaning:
    return Meaning(told) if isinstance(told, str) else Meaning(**told)
