"""Make bundles beside the page that asks; how far it is stands in the row, for whichever process shows it."""

from __future__ import annotations

import datetime as dt
import os
import threading
import time
from pathlib import Path
from typing import Any

import structlog
from django.db import connections, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.vault.bundling.kinds import EVIDENCE, bundle_kind
from zhihuan.bureau.vault.bundling.packing import AlteredEvidenceError, Tell
from zhihuan.bureau.vault.evidence.looking import EXPORT, note_look
from zhihuan.bureau.vault.models import Bundle
from zhihuan.bureau.vault.vaults import the_vault

__all__ = ["begin", "expire", "file_of", "make_here", "was_cut_off"]

_TOLD_EVERY_SECONDS = 0.5
_CUT_OFF_AFTER = dt.timedelta(minutes=2)
_KEPT = dt.timedelta(days=3)
_State = Bundle.State
_log = structlog.get_logger(__name__)


def begin(matter: Matter, actor: Any, address: str, kind: str = EVIDENCE) -> Bundle:
    """Ask for a bundle of what this person may see of a matter; it is made in a thread."""
    bundle = _asked(matter, actor, address, kind)
    threading.Thread(target=_beside, args=(bundle,), name="evidence-bundle", daemon=True).start()
    return bundle


def _beside(bundle: Bundle) -> None:
    """With a database connection of its own, which ends with the thread."""
    try:
        make_here(bundle)
    finally:
        connections.close_all()


@transaction.atomic
def _asked(matter: Matter, actor: Any, address: str, kind: str = EVIDENCE) -> Bundle:
    gathered = bundle_kind(kind).gather(matter, actor)
    sizes = sum(each.file.content.size_bytes for each in gathered.evidence)
    bundle = Bundle.objects.create(
        matter_id=matter.pk,
        kind=kind,
        asked_by=actor,
        count=len(gathered.evidence),
        total=sizes + gathered.more_bytes,
    )
    for each in gathered.evidence:
        note_look(EXPORT, each, actor=actor, address=address)
    return bundle


def make_here(bundle: Bundle) -> None:
    """The same, done when this returns. What goes wrong stands in the row."""
    path = file_of(bundle)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = path.with_suffix(".half")
    half.unlink(missing_ok=True)
    try:
        digest = _written(bundle, half)
        half.replace(path)
        _told(bundle, digest)
    except AlteredEvidenceError as error:
        _failed(bundle, str(error))
    except Exception as error:  # noqa: BLE001 - a thread has nobody above it to hear
        _log.error("bundle_failed", bundle=bundle.pk, error=type(error).__name__)
        _failed(
            bundle, _("打包未完成（%(error)s），请稍后再试。") % {"error": type(error).__name__}
        )
    finally:
        half.unlink(missing_ok=True)


def _written(bundle: Bundle, half: Path) -> str:
    digest = bundle_kind(bundle.kind).write(half, bundle, _teller(bundle))
    with half.open("rb") as file:
        os.fsync(file.fileno())
    return digest


def _teller(bundle: Bundle) -> Tell:
    told = 0.0

    def tell(done: int) -> None:
        nonlocal told
        if time.monotonic() - told > _TOLD_EVERY_SECONDS:
            told = time.monotonic()
            Bundle.objects.filter(pk=bundle.pk).update(done=done, told_at=timezone.now())

    return tell


@transaction.atomic
def _told(bundle: Bundle, digest: str) -> None:
    bundle.state, bundle.manifest_sha256 = _State.READY, digest
    bundle.size_bytes, bundle.done = file_of(bundle).stat().st_size, bundle.total
    bundle.save()
    record(
        bundle_kind(bundle.kind).act, f"matter:{bundle.matter_id}", actor=bundle.asked_by,
        bundle=bundle.pk, kind=bundle.kind, count=bundle.count, manifest_sha256=digest,
    )  # fmt: skip


def _failed(bundle: Bundle, words: str) -> None:
    bundle.state, bundle.trouble = _State.FAILED, words[:300]
    bundle.save(update_fields=["state", "trouble"])


def file_of(bundle: Bundle) -> Path:
    """Where it lies when it is ready."""
    return the_vault().folder / "bundles" / f"{bundle.pk}.zip"


def was_cut_off(bundle: Bundle) -> bool:
    """Whether the process that made it is gone."""
    return bundle.state == _State.MAKING and timezone.now() - bundle.told_at > _CUT_OFF_AFTER


def expire(now: dt.datetime) -> int:
    """Delete bundles that lay there long enough; what they held can be bundled again. How many."""
    old = list(Bundle.objects.filter(asked_at__lt=now - _KEPT, state=_State.READY))
    for bundle in old:
        file_of(bundle).unlink(missing_ok=True)
        Bundle.objects.filter(pk=bundle.pk).update(state=_State.EXPIRED)
    return len(old)
