"""The talk between a phone and the platform: who is there, records, portions of files.

Answers are small, and each says how every record stands. What was not answered is asked again by the
phone, so nothing here may happen twice because it was asked twice.
"""

from __future__ import annotations

import logging
import uuid
from http import HTTPStatus
from typing import Any

from django.db import DatabaseError
from django.http import Http404, HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from zhihuan.bureau.field_records.file_arriving import take_known, take_portion
from zhihuan.bureau.field_records.incoming import BadRecordError, Incoming
from zhihuan.bureau.field_records.models import FieldFile, FieldRecord, Phone
from zhihuan.bureau.field_records.receipts import Sender
from zhihuan.bureau.field_records.receiving import NotKeptError, phone_of, receive
from zhihuan.bureau.field_records.settling import settle
from zhihuan.bureau.field_records.standing import standing_of
from zhihuan.web.offline.door import BadRequestError, body_of, for_phones, sender_of

__all__ = ["file_portion", "sync", "who_is_there"]

_log = logging.getLogger("zhihuan.web.offline")
_MOST_RECORDS = 50


@require_GET
@never_cache
@for_phones
def who_is_there(request: HttpRequest) -> JsonResponse:
    """``{"who": account, "token": key of forms, "now": the platform's time}``."""
    now = timezone.localtime().isoformat(timespec="seconds")
    return JsonResponse({"who": str(request.user.pk), "token": get_token(request), "now": now})


@require_POST
@never_cache
@for_phones
def sync(request: HttpRequest) -> JsonResponse:
    """``{"device", "records": [record | {"id"}]}`` → ``{"records": [{"id", "state", …}]}``.

    ``{"id"}`` alone asks how a record stands that was kept before; "unknown" bids the phone send it whole.
    """
    sender = sender_of(request)
    try:
        told = body_of(request)
        phone = phone_of(request.user, _device(told), sender.address)  # type: ignore[arg-type]
        answers = [_answer(phone, each, sender) for each in _records(told)]
    except BadRequestError as error:
        return JsonResponse({"words": str(error)}, status=HTTPStatus.BAD_REQUEST)
    except NotKeptError as error:  # somebody else's phone
        return JsonResponse({"words": str(error)}, status=HTTPStatus.CONFLICT)
    return JsonResponse({"records": answers})


@require_POST
@never_cache
@for_phones
def file_portion(request: HttpRequest, record: uuid.UUID, sha256: str) -> JsonResponse:
    """The bytes of the body belong at ``?offset=``; ``{"received": bytes, "record": how it stands}``."""
    files = FieldFile.objects.select_related("record__user")
    file = files.filter(record=record, record__user=request.user.pk, sha256=sha256).first()
    if file is None:
        raise Http404
    offset = request.GET.get("offset", "")
    if not (offset.isascii() and offset.isdecimal() and len(offset) < 12):
        return JsonResponse({"words": "offset"}, status=HTTPStatus.BAD_REQUEST)
    sender = sender_of(request)
    received = take_portion(file, int(offset), request.body, sender)
    return JsonResponse({"received": received, "record": _settled(file.record, sender)})


def _device(told: dict[str, Any]) -> uuid.UUID:
    try:
        return uuid.UUID(told["device"])
    except (KeyError, ValueError, AttributeError, TypeError) as error:
        raise BadRequestError("device is no UUID") from error


def _records(told: dict[str, Any]) -> list[dict[str, Any]]:
    records = told.get("records")
    if not isinstance(records, list) or len(records) > _MOST_RECORDS:
        raise BadRequestError(f"records is a list of at most {_MOST_RECORDS}")
    if not all(isinstance(each, dict) for each in records):
        raise BadRequestError("each record is an object")
    return records


def _answer(phone: Phone, told: dict[str, Any], sender: Sender) -> dict[str, Any]:
    """One that cannot be kept does not keep the others out."""
    name = str(told.get("id", ""))[:36]
    if told.keys() == {"id"}:
        known = _known(phone, name)
        return _settled(known, sender) if known else {"id": name, "state": "unknown"}
    try:
        record = receive(phone, Incoming.read(told), sender)
    except BadRecordError as error:
        words = _("平台读不懂这条记录，记录留在本机；请联系管理员。") + f"（{error}）"
        return {"id": name, "state": "refused", "words": words}
    except NotKeptError as error:
        return {"id": name, "state": "refused", "words": str(error)}
    return _settled(record, sender)


def _known(phone: Phone, name: str) -> FieldRecord | None:
    try:
        return FieldRecord.objects.filter(pk=uuid.UUID(name), phone=phone).first()
    except ValueError:
        return None


def _settled(record: FieldRecord, sender: Sender) -> dict[str, Any]:
    """How it stands after it was tried. A defect of ours in one step leaves that record waiting, and is
    logged: the phone asks again, and the other records of the same request are not held up by it."""
    try:
        take_known(record, sender)
        settle(record, sender)
    except DatabaseError:
        raise  # the database is busy or gone: answered as for any page, and asked again
    except Exception:  # noqa: BLE001 - whatever a line's own step may raise
        _log.exception("record %s could not be settled", record.pk)
        words = _("平台办理时出错，记录已收到并保存，稍后自动重试。")
        record.refresh_from_db()
        return standing_of(record) | {"words": words}
    return standing_of(record)
