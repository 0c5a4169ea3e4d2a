"""``/messages``: the caller's own messages, the newest first."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from zhihuan.bureau.inbox.actions import READ_MESSAGES
from zhihuan.bureau.inbox.reading import receipts_of
from zhihuan.web.api.answer import answer
from zhihuan.web.api.cursor import CURSOR, question_of, read_cursor, write_cursor
from zhihuan.web.api.door import require
from zhihuan.web.api.reading import next_address, refuse_unknown
from zhihuan.web.inbox.messages_page import shown_messages

__all__ = ["add_messages"]


class MessagesQuestion(BaseModel):
    """What is asked for."""

    unread: bool = Field(False, title="只看未读", description="Only what has not been read")
    cursor: str = CURSOR
    limit: int = Field(50, title="每页条数", description="Messages a page", ge=1, le=200)


class MessageOut(BaseModel):
    """One message."""

    id: int
    kind: str
    words: str = Field(..., description="In the caller's language")
    at: dt.datetime
    matter: int | None = Field(..., description="What it is about, where the caller may look at it")
    read_at: dt.datetime | None


class MessagePage(BaseModel):
    """A page of messages, newest first."""

    items: list[MessageOut]
    next: str | None


def add_messages(router: Router) -> None:
    """Put the operation into the router."""
    router.add_api_operation(
        "/messages",
        ["GET"],
        messages,
        response=MessagePage,
        operation_id="list_messages",
        url_name="messages",
        summary="本人消息",
        description=f"The caller's own messages. Reading marks nothing read. Needs `{READ_MESSAGES}`.",
    )


def messages(request: HttpRequest, asked: MessagesQuestion = Query(...)) -> HttpResponse:  # noqa: B008
    """The operation."""
    caller: Any = request.caller  # type: ignore[attr-defined]
    require(caller, READ_MESSAGES)
    refuse_unknown(request, MessagesQuestion)
    name = f"messages:{caller.user.pk}"
    question = question_of(name, asked.model_dump(exclude_unset=True))
    rows = receipts_of(caller.user, unread=asked.unread)
    if asked.cursor:
        rows = rows.filter(pk__lt=read_cursor(question, asked.cursor))
    found = list(rows[: asked.limit + 1])
    following = None
    if len(found) > asked.limit:
        last = found[asked.limit - 1].pk
        following = next_address(request, write_cursor(question, last))
    kept = found[: asked.limit]
    read_at = {each.pk: each.read_at for each in kept}
    items = [
        {
            "id": each.pk,
            "kind": each.code,
            "words": each.words,
            "at": each.at,
            "matter": each.matter,
            "read_at": read_at[each.pk],
        }
        for each in shown_messages(caller.user, kept)
    ]
    return answer(request, {"items": items, "next": following})
