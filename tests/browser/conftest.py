"""A real platform (web, gateway, store in one process) and a real Chromium in front of it.

The platform runs on a home of its own with a small synthetic city. Every page is watched: an
error in the console, a script error or a violation of the content security policy fails the test
that caused it. Without Chromium the tests are skipped with a reason; with CI=true that is a failure.
"""

from __future__ import annotations

import contextlib
import importlib.util
import math
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import pytest
from beside import beside

REPOSITORY = Path(__file__).resolve().parents[2]
RESULTS = REPOSITORY / "test-results"
SEED = Path(__file__).with_name("seeded_home.py")
CHROMIUM_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
POINTS = 40
#: A session ends after half an hour without use; nobody knows here what another test used.
SIGNED_IN_SECONDS = 600


def absent(reason: str) -> NoReturn:
    """Skip, or fail where everything is required."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


# ---- the platform ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Platform:
    """Where the platform under test answers."""

    web: str
    gateway_host: str
    gateway_port: int


@pytest.fixture(scope="session")
def city() -> ModuleType:
    """What the platform was filled with: the module that filled it."""
    spec = importlib.util.spec_from_file_location("browser_seeded_home", SEED)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    if not (REPOSITORY / "src/zhihuan/web/static/dist/manifest.json").is_file():
        absent("the front end is not built: run make setup")
    home = tmp_path_factory.mktemp("platform")
    with own_database(home) as database:
        environment = os.environ | database | {"ZHIHUAN_HOME": str(home), "ZHIHUAN_DEBUG": "0"}
        subprocess.run(
            [sys.executable, SEED, "--points", str(POINTS)],
            env=environment,
            check=True,
            timeout=120,
        )
        with serving(home, environment) as running:
            yield running


@contextlib.contextmanager
def own_database(home: Path) -> Iterator[dict[str, str]]:
    """A database for the platform of this home alone: a migrated file in it, or an empty one of the
    tests' PostgreSQL."""
    from ready_homes import ready

    url = os.environ.get("ZHIHUAN_DATABASE_URL", "")
    if not url.startswith("postgres"):
        ready(home)
        yield {"ZHIHUAN_DATABASE_URL": ""}
        return
    import psycopg

    name = f"browser_{uuid.uuid4().hex}"
    base, _slash, _database = url.partition("?")[0].rpartition("/")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield {"ZHIHUAN_DATABASE_URL": f"{base}/{name}"}
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextlib.contextmanager
def serving(
    home: Path, environment: dict[str, str], program: str = "from zhihuan.cli import main; main()"
) -> Iterator[Platform]:
    log = home / "serve.log"
    arguments = ["serve", "--listen", "127.0.0.1:0", "--gateway", "127.0.0.1:0"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-u", "-c", program, *arguments],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield where_it_answers(process, log)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def where_it_answers(process: subprocess.Popen[bytes], log: Path) -> Platform:
    deadline = time.monotonic() + 240  # a busy machine takes its time; nothing here is timed
    while time.monotonic() < deadline and process.poll() is None:
        said = dict(
            line.split(maxsplit=1)
            for line in log.read_text("utf-8", "replace").splitlines()
            if line.startswith(("web ", "devices "))
        )
        if len(said) == 2:
            host, port = said["devices"].split()[0].rsplit(":", 1)
            return Platform(said["web"].strip().rstrip("/"), host, int(port))
        time.sleep(0.1)
    pytest.fail(f"the platform did not start:\n{log.read_text('utf-8', 'replace')[-4000:]}")


# ---- what a failed test was looking at ---------------------------------------------------------

_open_pages: list[Any] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """``tests/conftest.py`` tells it at the end, beside the one line of each failure."""
    report = yield
    if call.when == "call" and report.failed:
        seen = [_shown(page) for page in _open_pages]
        report.sections.append(("Open pages", "\n".join(seen)))
        report.user_properties.append(("open pages", f"{item.nodeid}: {'; '.join(seen)}"))
    return report


def _shown(page: Any) -> str:
    try:
        text = page.evaluate("() => (document.querySelector('main') ?? document.body).innerText")
        return f"{page.url} {page.title()} | {' '.join(text.split())[:300]}"
    except Exception as error:  # noqa: BLE001 - a page that hangs or is gone must not hide the failure
        return f"{page.url}: {error}"[:300]


# ---- the browser ----------------------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    program = os.environ.get("ZHIHUAN_CHROMIUM") or shutil.which("chromium")
    if not program:
        absent("Chromium not found (Debian: apt-get install chromium; or set ZHIHUAN_CHROMIUM)")
    from playwright.sync_api import Page, sync_playwright

    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        if os.environ.get("CI") == "true":  # pictures are for people, and none looks there
            patch.setattr(Page, "screenshot", lambda *_page, **_how: b"")
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def logged_in(chromium: Any, platform: Platform, city: ModuleType) -> Any:
    """The storage state of a browser in which the officer has logged in, through the form."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{platform.web}/accounts/login/")
    page.get_by_label("账号").fill(city.OFFICER)
    page.get_by_label("密码").fill(city.PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/live/")
    state = context.storage_state()
    context.close()
    return state


class Visit:
    """``visit("/live/", width=360, theme="dark")``: a watched page, logged in.

    Further choices: mode="elder", language="en", script=False, anonymous=True.
    """

    def __init__(self, chromium: Any, web: str, logged_in: Any) -> None:
        self._chromium, self._web, self._logged_in = chromium, web, logged_in
        self._contexts: list[Any] = []
        self.troubles: list[str] = []

    def __call__(self, path: str, *, width: int = 1366, height: int = 768, **given: Any) -> Any:
        context = self._chromium.new_context(
            storage_state=None if given.get("anonymous") else self._logged_in,
            locale="zh-CN",
            # not Beijing's: what people read must not depend on where the browser stands
            timezone_id="America/New_York",
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
            java_script_enabled=given.get("script", True),
        )
        self._contexts.append(context)
        add_choices(context, self._web, given)
        page = context.new_page()
        page.set_default_timeout(15_000)
        watch(page, self.troubles)
        _open_pages.append(page)
        page.goto(self._web + path)
        return page

    def expect(self, words: str) -> None:
        """Take troubles with these words off the list; fail when there are none."""
        expected = [each for each in self.troubles if words in each]
        assert expected, f"expected the browser to report {words!r}; it reported {self.troubles}"
        self.troubles[:] = [each for each in self.troubles if each not in expected]

    def close(self) -> None:
        for context in self._contexts:
            _open_pages[:] = [page for page in _open_pages if page.context != context]
            context.close()


@pytest.fixture
def visit(chromium: Any, platform: Platform, logged_in: Any) -> Iterator[Visit]:
    visit = Visit(chromium, platform.web, logged_in)
    yield visit
    visit.close()
    assert not visit.troubles, "the browser reported:\n" + "\n".join(visit.troubles)


#: The example of an answer that no chart can read: its island reports it, as it should.
_REPORTED = {"chart": "the data of the chart could not be loaded"}
_SETTLED = """() => [...document.querySelectorAll('[data-island]')].every(el =>
  el.querySelector('.map-frame[data-points], .chart-key li, .chart-note:not(:empty)'))"""


@pytest.fixture
def component_pages(visit: Visit, platform: Platform) -> Callable[..., Iterator[Any]]:
    """``component_pages(theme="dark")``: the catalogue, then each component's page, in one tab."""
    from zhihuan.web.components.contract import names

    def walk(**looks: Any) -> Iterator[Any]:
        page = visit("/catalogue/", **looks)
        yield page
        for name in names():
            page.goto(f"{platform.web}/catalogue/{name}/")
            page.wait_for_function(_SETTLED)
            yield page
            if name in _REPORTED:
                visit.expect(_REPORTED[name])

    return walk


@pytest.fixture(scope="session")  # before any platform is filled for a test that will not run
def looks_only() -> None:
    """For tests of what a page looks like: once, on SQLite, is enough."""
    if os.environ.get("ZHIHUAN_DATABASE_URL", "").startswith("postgres"):
        pytest.skip("looks do not depend on the database; tested on SQLite")


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, of the version in the front end's lock file."""
    file = REPOSITORY / "frontend/node_modules/axe-core/axe.min.js"
    if not file.is_file():
        absent("axe-core is not installed: run make setup")
    return file.read_text("utf-8")


def add_choices(context: Any, web: str, given: dict[str, Any]) -> None:
    choices = {"zhihuan_theme": "theme", "zhihuan_mode": "mode", "zhihuan_language": "language"}
    for cookie, value in choices.items():
        if given.get(value):
            context.add_cookies([{"name": cookie, "value": given[value], "url": web}])


def watch(page: Any, troubles: list[str]) -> None:
    """Note every console error, script error and policy violation of the page."""
    page.on("console", lambda said: said.type == "error" and troubles.append(said.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation', e =>"
        " console.error('CSP: ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample))"
    )


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where pictures for people go."""
    RESULTS.mkdir(exist_ok=True)
    return RESULTS


@pytest.fixture
def clean(
    axe: str, screenshots: Path, request: pytest.FixtureRequest
) -> Callable[[Any, str, dict[str, Any]], None]:
    """Asks a page for barriers and for what sticks out of it, and keeps its picture."""
    finds, fits = beside("test_accessibility").findings, beside("test_screens").sticking_out
    subject = request.path.stem.removeprefix("test_")

    def check(page: Any, name: str, screen: dict[str, Any]) -> None:
        look = "-".join(str(part) for part in screen.values())
        page.screenshot(path=screenshots / f"{subject}-{name}-{look}.png", full_page=True)
        assert [*finds(page, axe), *fits(page)] == [], name

    return check


# ---- the demo's people ------------------------------------------------------------------------


@pytest.fixture(scope="session")
def office_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of the platform with the demo's people."""
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="session")
def office(office_home: Path) -> Iterator[str]:
    """Where it answers."""
    with own_database(office_home) as database:
        own = {"ZHIHUAN_HOME": str(office_home), "ZHIHUAN_DEBUG": "0"}
        environment = os.environ | database | own
        seed = SEED.with_name("staffed_home.py")
        subprocess.run([sys.executable, seed], env=environment, check=True, timeout=300)
        with serving(office_home, environment) as running:
            yield running.web


class States:
    """``states("duty")``: the storage state of a browser in which that demo account has signed in
    through the form; anew when that was so long ago that the session may end within a test."""

    def __init__(self, chromium: Any, web: str) -> None:
        self._chromium, self._web = chromium, web
        self._known: dict[str, tuple[float, Any]] = {}

    def __call__(self, username: str) -> Any:
        since, state = self._known.get(username, (-math.inf, None))
        if time.monotonic() - since > SIGNED_IN_SECONDS:
            since, state = time.monotonic(), self._signed_in(username)
            self._known[username] = since, state
        return state

    def forget(self, username: str) -> None:
        """Its session is over: the next one signs in anew."""
        self._known.pop(username, None)

    def _signed_in(self, username: str) -> Any:
        from zhihuan.demo.packaged import packaged

        context = self._chromium.new_context()
        page = context.new_page()
        page.goto(f"{self._web}/accounts/login/")
        page.get_by_label("账号").fill(username)
        page.get_by_label("密码", exact=True).fill(packaged("accounts")["password"])
        page.get_by_role("button", name="登录", exact=True).click()
        page.locator(".user-menu").wait_for()
        state = context.storage_state()
        context.close()
        return state


@pytest.fixture(scope="session")
def states(chromium: Any, office: str) -> States:
    return States(chromium, office)


class Desk:
    """``desk("system", "/people/")``: a watched page of that account."""

    def __init__(self, chromium: Any, web: str, states: Callable[[str], Any]) -> None:
        self._chromium, self._web, self._states = chromium, web, states
        self._visits: list[Any] = []

    def __call__(self, username: str, path: str, **given: Any) -> Any:
        self._visits.append(Visit(self._chromium, self._web, self._states(username)))
        return self._visits[-1](path, **given)

    def expect(self, words: str) -> None:
        """Take this trouble of the newest page off its list."""
        self._visits[-1].expect(words)

    def close(self) -> list[str]:
        for visit in self._visits:
            visit.close()
        return [trouble for visit in self._visits for trouble in visit.troubles]


@pytest.fixture(scope="session")
def new_desk(chromium: Any, office: str, states: States) -> Callable[[], Desk]:
    """A desk for as long as a fixture wants it; whoever takes one closes it and looks at its troubles."""
    return lambda: Desk(chromium, office, states)


@pytest.fixture
def desk(new_desk: Callable[[], Desk]) -> Iterator[Desk]:
    made = new_desk()
    yield made
    assert made.close() == []
