"""The files of a record, portion by portion, until each is in the vault or refused by it."""

from __future__ import annotations

from typing import IO

from django.conf import settings
from django.db import transaction

from zhihuan.bureau.field_records.models import FieldFile, FieldRecord, Receipt
from zhihuan.bureau.field_records.portions import Arriving
from zhihuan.bureau.field_records.receipts import Sender, note
from zhihuan.bureau.vault.keeping import hold, open_file
from zhihuan.bureau.vault.keeping import receive as receive_in_vault
from zhihuan.bureau.vault.limits import Limits, too_large
from zhihuan.bureau.vault.models import StoredFile
from zhihuan.bureau.vault.origin import Origin, Stated
from zhihuan.bureau.vault.refusals import RefusedFileError
from zhihuan.bureau.vault.vaults import the_vault

__all__ = ["received_bytes", "take_known", "take_portion"]


def received_bytes(file: FieldFile) -> int:
    """How much of it the phone need not send again [bytes]."""
    return _arriving(file).received_bytes if file.is_missing else file.size_bytes


def take_known(record: FieldRecord, sender: Sender) -> None:
    """What need not be sent: too large ever to be taken, empty, or given by the same person before."""
    for file in record.files.filter(stored=None, refusal=""):
        largest = Limits.from_settings(settings).largest
        if file.size_bytes > largest:
            _refused(file, too_large(file.size_bytes, largest), sender)
        elif twin := _given_before(file):
            with open_file(twin) as content:
                _into_vault(file, content, sender)


def take_portion(file: FieldFile, offset: int, portion: bytes, sender: Sender) -> int:
    """Take what is new in a portion; how much there is then [bytes]. The last one brings the file into the
    vault; what does not agree with its digest is thrown away and begins anew, at 0."""
    arriving = _arriving(file)
    with arriving.opened() as content:
        file.refresh_from_db()
        if not file.is_missing:
            arriving.forget()
            return file.size_bytes
        there = arriving.add(content, offset, portion)
        if not arriving.is_whole(content):
            return there
        if arriving.is_sound(content):
            _into_vault(file, content, sender)
        else:
            there = 0
            note(file.record, Receipt.Act.FILE_BROKEN, sender, sha256=file.sha256)
        arriving.forget()
    return there


def _arriving(file: FieldFile) -> Arriving:
    key = str(file.record.user_id)  # nobody gets at a file by knowing another's digest
    return Arriving(the_vault().folder, key, file.sha256, file.size_bytes)


def _given_before(file: FieldFile) -> StoredFile | None:
    same = FieldFile.objects.filter(sha256=file.sha256, record__user=file.record.user_id)
    found = same.exclude(stored=None).select_related("stored__content").first()
    return found.stored if found else None


def _into_vault(file: FieldFile, content: IO[bytes], sender: Sender) -> None:
    stated = Stated(file.stated_at, file.stated_lon, file.stated_lat, file.stated_accuracy_m)
    origin = Origin(sender.user, sender.address, stated)
    try:
        stored = receive_in_vault(content, file.name, origin)
    except RefusedFileError as error:
        _refused(file, error, sender)
        return
    with transaction.atomic():
        hold(stored)  # the record rests on it, whatever becomes of the record
        file.stored = stored
        file.save(update_fields=["stored"])
        note(file.record, Receipt.Act.FILE, sender, sha256=file.sha256, name=file.name)


@transaction.atomic
def _refused(file: FieldFile, error: RefusedFileError, sender: Sender) -> None:
    file.refusal = f"{error.words}{error.mend}"[:400]
    file.save(update_fields=["refusal"])
    note(file.record, Receipt.Act.FILE_REFUSED, sender, sha256=file.sha256, code=error.code)
