"""Run the checks, each by itself: one that breaks is told as such and the others still look."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator

from zhihuan.web.doctor import checks
from zhihuan.web.doctor.diagnosis import Diagnosis, error
from zhihuan.web.doctor.patient import Patient

Check = Callable[[Patient], Iterable[Diagnosis]]


def all_checks() -> dict[str, Check]:
    """Name -> check, by name: the modules of ``checks``, each with a function ``look``."""
    names = sorted(module.name for module in pkgutil.iter_modules(checks.__path__))
    return {name: importlib.import_module(f"{checks.__name__}.{name}").look for name in names}


def examine(patient: Patient, of: dict[str, Check]) -> Iterator[tuple[str, Diagnosis]]:
    """What every check says, with the check's name."""
    for name, look in of.items():
        try:
            yield from ((name, each) for each in look(patient))
        except Exception as trouble:  # noqa: BLE001 - whatever it is, the other checks must look
            words = " ".join(str(trouble).split()) or type(trouble).__name__
            yield (
                name,
                error(
                    f"could not be looked at: {words}",
                    "What this check watches over is unknown now.",
                    "Mend what is told elsewhere here, then look again; else report it as a defect.",
                ),
            )
