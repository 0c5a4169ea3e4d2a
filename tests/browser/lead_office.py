"""The verbs of the walk: somebody opens a page, takes a step, reads a clock or a document, on a day.

A page is waited for by what only it has. Whatever the browser reports is kept and fails the walk at its end.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import lead_home
from playwright.sync_api import expect

DESK, PHONE = (1366, 768), (360, 740)
_PATIENCE_MS = 60_000
#: What a cut network makes the browser say by itself.
_OF_THE_CUT = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "Failed to load resource", "FetchEvent")
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Page >>\nendobj\ntrailer\n<<>>\n%%EOF\n"


class Office:
    """``office.page("officer", "/clues/")``: a watched page of somebody who has signed in on that day."""

    def __init__(self, chromium: Any, running: Any, home: Path, accounts: dict[str, int]) -> None:
        self.web, self.gateway = running.web, (running.gateway_host, running.gateway_port)
        self.accounts = accounts
        self._chromium, self._clock = chromium, home / "clock"
        self._states: dict[str, Any] = {}
        self._contexts: list[Any] = []
        self.troubles: list[str] = []
        self._now = lead_home.START

    # ---- time ----

    def moves_to(self, day: str) -> None:
        """``"09-08 09:00"``. Sessions end over night: everybody signs in anew."""
        self._now = dt.datetime.fromisoformat(f"2026-{day}").replace(tzinfo=lead_home.BEIJING)
        lead_home.set_clock(self._clock, self._now)
        self._states.clear()
        self.put_away()

    @property
    def today(self) -> dt.date:
        return self._now.date()

    def at(self, clock: str) -> str:
        """``"09:30"`` of today as an input of day and time wants it."""
        return f"{self.today.isoformat()}T{clock}"

    # ---- pages ----

    def page(self, who: str, path: str, size: tuple[int, int] = DESK) -> Any:
        page = self._opened(self._state(who), size)
        page.goto(self.web + path)
        return page

    def anybody(self, path: str, size: tuple[int, int] = DESK) -> Any:
        """A page of the public."""
        page = self._opened(None, size)
        page.goto(self.web + path)
        return page

    def put_away(self) -> None:
        """Close what lies about."""
        while self._contexts:
            self._contexts.pop().close()

    def expect(self, words: str) -> None:
        """Take what the browser reported with these words off the list; fail when there is none."""
        assert any(words in each for each in self.troubles), self.troubles
        self.troubles[:] = [each for each in self.troubles if words not in each]

    @property
    def unexpected(self) -> list[str]:
        return [each for each in self.troubles if not any(cut in each for cut in _OF_THE_CUT)]

    def _opened(self, state: Any, size: tuple[int, int]) -> Any:
        context = self._chromium.new_context(
            storage_state=state, viewport={"width": size[0], "height": size[1]}, locale="zh-CN",
            timezone_id="America/New_York", accept_downloads=True, service_workers="allow", reduced_motion="reduce",
            geolocation={"longitude": 113.42, "latitude": 22.68, "accuracy": 15}, permissions=["geolocation"],
        )  # fmt: skip
        context.set_default_timeout(_PATIENCE_MS)
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: said.type == "error" and self.troubles.append(said.text))
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        return page

    def _state(self, who: str) -> Any:
        if who not in self._states:
            self._states[who] = self._signed_in(who)
        return self._states[who]

    def _signed_in(self, who: str) -> Any:
        from zhihuan.demo.packaged import packaged

        page = self._opened(None, DESK)
        page.goto(f"{self.web}/accounts/login/")
        page.get_by_label("账号").fill(who)
        page.get_by_label("密码", exact=True).fill(packaged("accounts")["password"])
        page.get_by_role("button", name="登录", exact=True).click()
        page.locator(".user-menu").wait_for()
        return page.context.storage_state()


# ---- steps ----


def take(page: Any, title: str, **answers: Any) -> None:
    """Take the step that the matter's page offers, told just this."""
    page.locator(".possible-offers").get_by_role("link", name=title, exact=True).click()
    page.wait_for_url("**/steps/*/")
    fill(page, **answers)
    hand_in(page, title)


def hand_in(page: Any, title: str) -> None:
    """Hand the form in, look its answers through where a document follows, and see that it was done."""
    done = page.get_by_text(f"已办理“{title}”。")
    sure = page.get_by_role("button", name=f"确认{title}", exact=True)
    wrong = page.locator("main .notice[data-kind=danger]")
    page.locator("main form button[name=_stage]").first.click()
    expect(done.or_(sure).or_(wrong).first).to_be_visible(timeout=_PATIENCE_MS)
    if sure.count():
        sure.click()
        expect(done.or_(wrong).first).to_be_visible(timeout=_PATIENCE_MS)
    assert done.count(), f"{title}:\n{wrong.first.inner_text()}"


def fill(page: Any, **answers: Any) -> None:
    """By the names of the fields: text, a choice, a box, several boxes, a file."""
    for name, value in answers.items():
        field = page.locator(f"main form [name='{name}']:not([type=hidden])")
        kind = field.first.evaluate("each => each.type")
        if kind.startswith("select"):
            field.select_option(**value if isinstance(value, dict) else {"value": value})
        elif kind in {"checkbox", "radio"} and value is not True:
            for each in [value] if isinstance(value, str) else value:
                page.locator(f"main form [name='{name}'][value='{each}']").check()
        elif kind == "checkbox":
            field.check()
        elif kind == "file":
            field.set_input_files(value)
        else:
            field.fill(value)


def refusal(page: Any, path: str) -> str:
    """Why the page of a step does not let somebody take it."""
    page.goto(path)
    return str(page.locator("main").inner_text())


def paper(name: str = "笔录.pdf") -> dict[str, Any]:
    return {"name": name, "mimeType": "application/pdf", "buffer": PDF}


# ---- reading ----


def state_of(page: Any) -> str:
    return str(page.locator("main .status").first.inner_text())


def last_day(page: Any, clock: str) -> dt.date:
    """The last day of a clock of the matter, as its ledger has it."""
    entry = page.locator("article.ledger").filter(
        has=page.get_by_role("heading", name=clock, exact=True)
    )
    term = entry.first.locator(".fact").filter(has=page.locator("dt", has_text="届满日"))
    told = term.first.locator("dd").inner_text()
    return dt.date.fromisoformat(re.search(r"\d{4}-\d\d-\d\d", told)[0])  # type: ignore[index]


def clocks(page: Any) -> dict[str, str]:
    """How each clock of the matter stands: its title → its status, or what is left of it."""
    entries = page.locator("article.ledger").all()
    return {
        each.locator("h3").inner_text(): each.locator(".status, .clock").first.inner_text()
        for each in entries
    }


def read(page: Any, title: str, *words: str) -> str:
    """Open a document of the matter, read it on the page and as the file; its text. Ends on the matter."""
    from docx import Document

    matter = page.url
    page.get_by_role("link", name=title, exact=True).first.click()
    page.wait_for_url("**/documents/*/")
    shown = page.locator("main").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载", exact=True).click()
    file = Document(io.BytesIO(Path(download.value.path()).read_bytes()))
    text = "\n".join([*(each.text for each in file.paragraphs), *_cells(file)])
    for each in words:
        assert each in shown, (title, each, shown)
        assert each in text, (title, each, text)
    assert not any(sign in text for sign in ("{{", "{%", "None")), text
    page.goto(matter)
    return text


def _cells(file: Any) -> Iterator[str]:
    for table in file.tables:
        for row in table.rows:
            yield from (cell.text for cell in row.cells)


def until(ask: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Until the platform has done something by itself."""
    end = time.monotonic() + seconds
    while not ask():
        assert time.monotonic() < end, what
        time.sleep(0.3)


def path_of(page: Any) -> str:
    return re.sub(r"^https?://[^/]+", "", page.url)
