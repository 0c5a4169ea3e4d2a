"""Styles and scripts: built, and every file there that the manifest names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from zhihuan.web.doctor.diagnosis import Diagnosis, error, fine
from zhihuan.web.doctor.patient import Patient
from zhihuan.web.templatetags.assets import MANIFEST


def look(_patient: Patient) -> Iterator[Diagnosis]:
    yield judge(MANIFEST)


def judge(manifest: Path) -> Diagnosis:
    """manifest: of the built front end."""
    if not manifest.exists():
        return error("the front end is not built", "Pages have no styles, map or charts.", _MEND)
    entries = json.loads(manifest.read_text("utf-8")).values()
    named = [each["file"] for each in entries] + [
        one for each in entries for one in each.get("css", [])
    ]
    missing = sorted({name for name in named if not (manifest.parent / name).is_file()})
    if missing:
        return error(
            f"{len(missing)} built files are missing, the first: {missing[0]}",
            "Some pages have no styles, map or charts.",
            _MEND,
        )
    return fine(f"the front end is built, {len(set(named))} files")


_MEND = "In a checkout: make setup. From a wheel: install it again."
