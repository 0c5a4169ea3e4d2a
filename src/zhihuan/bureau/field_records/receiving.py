"""Keep what a phone sends: the same record twice is kept once, another one under its number is refused.

Nothing is judged here but whose phone it is. When ``receive`` returns, the record is in the database:
the phone may stop worrying about it only then.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zhihuan.bureau.audit.record import record as _audit
from zhihuan.bureau.field_records.incoming import Incoming, IncomingFile
from zhihuan.bureau.field_records.models import FieldFile, FieldRecord, Phone, Receipt
from zhihuan.bureau.field_records.receipts import Sender, note
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.people.models import User

__all__ = ["NotKeptError", "phone_of", "receive"]


class NotKeptError(Exception):
    """It was not kept; the words, translated, say why. The phone keeps it."""


@transaction.atomic
def phone_of(user: User, number: uuid.UUID, address: str = "") -> Phone:
    """The person's own phone, known from its first word on. NotKeptError for somebody else's."""
    phone, is_new = Phone.objects.get_or_create(id=number, defaults={"user": user})
    if phone.user_id != user.pk:
        raise NotKeptError(_("本机此前由另一账号使用，其记录须由该账号登录后上传。"))
    if is_new:
        _audit("field_record.phone", f"phone:{phone.pk}", actor=user, address=address)
    return phone


def receive(phone: Phone, told: Incoming, sender: Sender) -> FieldRecord:
    """The record as it is kept. Repeated, it is only noted. NotKeptError: another content under a number
    that is taken."""
    known = FieldRecord.objects.filter(pk=told.id).first()
    if known is not None:
        return _repeated(phone, known, told, sender)
    try:
        return _kept(phone, told, sender)
    except IntegrityError:  # the same came on another connection meanwhile
        known = FieldRecord.objects.filter(pk=told.id).first()
        if known is None:
            words = _("本机序号 %(number)d 已用于另一条记录，未接收；请联系管理员。")
            raise NotKeptError(words % {"number": told.sequence}) from None
        return _repeated(phone, known, told, sender)


@transaction.atomic
def _kept(phone: Phone, told: Incoming, sender: Sender) -> FieldRecord:
    record = FieldRecord.objects.create(
        id=told.id,
        phone=phone,
        sequence=told.sequence,
        user=sender.user,
        matter=Matter.objects.filter(pk=told.matter).first(),
        matter_key=told.matter,
        step=told.step,
        version=told.version,
        after=told.after,
        values=told.values,
        officers=told.officers,
        filled_at=told.filled_at,
        sent_at=told.sent_at,
        digest=told.digest,
    )
    FieldFile.objects.bulk_create(_file(record, each) for each in told.files)
    note(record, Receipt.Act.RECEIVED, sender, digest=told.digest, files=len(told.files))
    return record


def _file(record: FieldRecord, told: IncomingFile) -> FieldFile:
    stated: Any = told.stated
    return FieldFile(
        record=record,
        field=told.field,
        name=told.name,
        size_bytes=told.size_bytes,
        sha256=told.sha256,
        stated_at=stated.at,
        stated_lon=stated.lon,
        stated_lat=stated.lat,
        stated_accuracy_m=stated.accuracy_m,
    )


def _repeated(phone: Phone, known: FieldRecord, told: Incoming, sender: Sender) -> FieldRecord:
    if known.phone_id != phone.pk:  # a number of somebody else's: not even told that it exists
        raise NotKeptError(_("记录编号无效，未接收；请联系管理员。"))
    if known.digest != told.digest:
        note(known, Receipt.Act.ALTERED, sender, digest=told.digest)
        raise NotKeptError(_("该记录此前已收到，但内容不同，未接收；请联系管理员。"))
    note(known, Receipt.Act.REPEATED, sender)
    return known
