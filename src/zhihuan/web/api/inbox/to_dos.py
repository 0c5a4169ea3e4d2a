"""``/inbox``: what waits for the caller, the most pressing first, as the page has it."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from zhihuan.bureau.inbox.actions import READ_TO_DOS
from zhihuan.bureau.inbox.asking import Asked, Mark, Whose, page_for
from zhihuan.web.api.answer import answer
from zhihuan.web.api.cursor import CURSOR, question_of, read_cursor, write_cursor
from zhihuan.web.api.door import require
from zhihuan.web.api.reading import next_address, refuse_unknown
from zhihuan.web.inbox.shown import ShownToDo, shown
from zhihuan.web.matters.due import Today

__all__ = ["add_to_dos"]


class ToDosQuestion(BaseModel):
    """What is asked for."""

    whose: Literal["open", "mine", "free", "others"] = Field(
        "open",
        title="范围",
        description="open: one's own and what nobody has; mine; free; others: colleagues'",
    )
    procedure: str = Field("", title="程序", description="Code of a procedure", max_length=40)
    town: str = Field("", title="镇街", description="Division code", max_length=12)
    cursor: str = CURSOR
    limit: int = Field(50, title="每页条数", description="To-dos a page", ge=1, le=200)


class ToDoOut(BaseModel):
    """One to-do."""

    matter: int
    title: str
    procedure: str
    state: str
    party: str | None
    town: str | None = Field(..., description="Division code")
    urgency: Literal["overdue", "today", "soon", "running", "others", "untimed"] = Field(
        ..., description="Order of legal risk"
    )
    steps: list[str] = Field(
        ..., description="What the caller may do now and was not done yet, titles"
    )
    since: dt.datetime = Field(..., description="Since when it waits")
    last_day: dt.date | None = Field(
        ..., description="Last day of the clock that counts; null: none runs"
    )
    due_at: dt.datetime | None = Field(..., description="The first moment too late")
    working_days_left: int | None = Field(..., description="Below zero: worked days since it ended")
    provisional: bool = Field(..., description="Rests on a year whose calendar is not published")
    holder: str | None = Field(..., description="Who took it on")


class ToDoPage(BaseModel):
    """A page of to-dos."""

    items: list[ToDoOut]
    next: str | None


def add_to_dos(router: Router) -> None:
    """Put the operation into the router."""
    router.add_api_operation(
        "/inbox",
        ["GET"],
        to_dos,
        response=ToDoPage,
        operation_id="list_inbox",
        url_name="inbox",
        summary="本人待办",
        description=f"What waits for the caller, by legal risk. Needs `{READ_TO_DOS}`.",
    )


def to_dos(request: HttpRequest, asked: ToDosQuestion = Query(...)) -> HttpResponse:  # noqa: B008
    """The operation."""
    caller: Any = request.caller  # type: ignore[attr-defined]
    require(caller, READ_TO_DOS)
    refuse_unknown(request, ToDosQuestion)
    name = f"inbox:{caller.user.pk}"
    question = question_of(name, asked.model_dump(exclude_unset=True))
    wanted = Asked(Whose(asked.whose), asked.procedure, asked.town, _place(question, asked.cursor))
    page = page_for(caller.user, wanted, asked.limit)
    following = None
    if page.after is not None:
        last = [page.after.stage, page.after.at.isoformat(), page.after.matter]
        following = next_address(request, write_cursor(question, last))
    rows = shown(page.rows, Today.look(), caller.user)
    return answer(request, {"items": [_document(each) for each in rows], "next": following})


def _place(question: str, cursor: str) -> Mark | None:
    if not cursor:
        return None
    stage, at, matter = read_cursor(question, cursor)
    return Mark(stage, dt.datetime.fromisoformat(at), matter)


def _document(each: ShownToDo) -> dict[str, Any]:
    row, clock = each.row, each.row.clock
    return {
        "matter": row.matter_id,
        "title": row.matter.title,
        "procedure": row.procedure,
        "state": each.state_code,
        "party": row.party.name if row.party else None,
        "town": row.town_id,
        "urgency": each.group.name.lower(),
        "steps": [str(title) for title in each.acts],
        "since": row.since,
        "last_day": clock.last_day if clock else None,
        "due_at": clock.due_at if clock else None,
        "working_days_left": each.clock.days_left,
        "provisional": clock.provisional if clock else False,
        "holder": str(row.holder) if row.holder else None,
    }
