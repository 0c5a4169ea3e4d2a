"""Kinds of bundles: who may gather what goes in, and who writes it. The vault knows that of evidence; apps above it
register theirs, and share making, progress, keeping and verifier.

    register_bundle_kind(BundleKind("case_file", _("案卷"), "案卷", "document.bundle", gather, write))
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.vault.bundling.packing import Tell
from zhihuan.bureau.vault.bundling.writing import write_bundle
from zhihuan.bureau.vault.evidence.looking import visible
from zhihuan.bureau.vault.models import Bundle, Evidence

__all__ = ["EVIDENCE", "BundleKind", "Gathered", "bundle_kind", "register_bundle_kind"]

EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Gathered:
    """evidence: the pieces that go in, with file and content at hand. more_bytes: of whatever else does."""

    evidence: Sequence[Evidence]
    more_bytes: int = 0


@dataclass(frozen=True, slots=True)
class BundleKind:
    """code: as the row keeps it. name: of the file that is taken away. act: in the audit trail. write returns the SHA-256 of the manifest;
    AlteredEvidenceError says in words why there is no bundle."""

    code: str
    title: Any
    name: str
    act: str
    gather: Callable[[Matter, Any], Gathered]
    write: Callable[[Path, Bundle, Tell], str]


_kinds: dict[str, BundleKind] = {}


def register_bundle_kind(kind: BundleKind) -> None:
    """Once, when its app starts."""
    _kinds[kind.code] = kind


def bundle_kind(code: str) -> BundleKind:
    """KeyError for one that nobody registered."""
    return _kinds[code]


def _gather(matter: Matter, reader: Any) -> Gathered:
    rows = visible(reader, matter).select_related("event").order_by("number")
    return Gathered(list(rows))


def _write(path: Path, bundle: Bundle, tell: Tell) -> str:
    pieces = _gather(bundle.matter, bundle.asked_by).evidence
    return write_bundle(path, bundle.matter, pieces, asked_by=bundle.asked_by, tell=tell)


register_bundle_kind(
    BundleKind(EVIDENCE, _("证据包"), "证据包", "evidence.bundle", _gather, _write)
)
