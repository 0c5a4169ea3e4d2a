"""A visit with the network cut, in a real Chromium against a real platform: nothing typed is ever lost."""

from __future__ import annotations

import io
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from beside import beside

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("looks_only")]

HOME = Path(__file__).with_name("visits_home.py")
SERVE = (
    f"import sys; sys.path.insert(0, {str(HOME.parent)!r}); import visits_home; visits_home.serve()"
)
#: What a cut network makes the browser say by itself.
_OF_THE_CUT = (
    "ERR_INTERNET_DISCONNECTED",
    "ERR_FAILED",
    "401",
    "Failed to load resource",
    "FetchEvent",
)
_PACKED = "**/visits/of/*/pack/"


class Field:
    """Phones of the officers: ``phone = field.phone("officer")``; each with a visit of its own to make."""

    def __init__(self, chromium: Any, web: str, told: dict[str, Any], watch: Any) -> None:
        self._chromium, self.web, self._told, self._watch = chromium, web, told, watch
        self.troubles: list[str] = []
        self._contexts: list[Any] = []

    @property
    def accounts(self) -> dict[str, int]:
        return self._told["accounts"]

    def next_visit(self) -> int:
        return self._told["matters"].pop(0)

    def phone(self, who: str, **looks: str) -> Any:
        context = self._chromium.new_context(
            viewport={"width": 360, "height": 740}, locale="zh-CN", service_workers="allow",
            geolocation={"longitude": 113.42, "latitude": 22.68, "accuracy": 15}, permissions=["geolocation"],
        )  # fmt: skip
        self.sign_in(context, who)
        context.add_cookies(
            [{"name": name, "value": value, "url": self.web} for name, value in looks.items()]
        )
        self._contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(120_000)
        self._watch(page, self.troubles)
        return page

    def sign_in(self, context: Any, who: str) -> None:
        """A session of theirs, as the sign-in gives one."""
        key = self._told["sessions"][who].pop()
        context.add_cookies([{"name": "zhihuan_session", "value": key, "url": self.web}])

    def close(self) -> list[str]:
        for context in self._contexts:
            context.close()
        return [each for each in self.troubles if not any(cut in each for cut in _OF_THE_CUT)]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, Any]]]:
    """Where it answers, and what the seeding told."""
    conftest = _conftest()
    home = tmp_path_factory.mktemp("visits")
    with conftest.own_database(home) as database:
        environment = os.environ | database | {"ZHIHUAN_HOME": str(home), "ZHIHUAN_DEBUG": "0"}
        environment |= {
            "ZHIHUAN_WEB_ADDRESS": "127.0.0.1:0",
            "ZHIHUAN_GATEWAY_ADDRESS": "127.0.0.1:0",
        }
        seeded = subprocess.run(
            [sys.executable, HOME], env=environment, check=True, timeout=300, capture_output=True
        )
        told = json.loads(seeded.stdout.decode().splitlines()[-1])
        with conftest.serving(home, environment, SERVE) as running:
            yield running.web, told


def _conftest() -> Any:
    return beside("conftest")


@pytest.fixture
def field(chromium: Any, served: tuple[str, dict[str, Any]]) -> Iterator[Field]:
    web, told = served
    made = Field(chromium, web, told, _conftest().watch)
    yield made
    assert made.close() == []


def photo() -> bytes:
    """A photograph of some size, so that it comes in portions."""
    from PIL import Image

    file = io.BytesIO()
    noise = random.Random(6).randbytes(400 * 300 * 3)
    Image.frombytes("RGB", (400, 300), noise).save(file, "PNG")
    return file.getvalue()


def take_along(field: Field, page: Any, matter: int) -> None:
    page.goto(f"{field.web}/visits/?matter={matter}")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.locator(f"[data-visit-candidate='{matter}'] [data-visit-take]").click()
    page.locator(f"[data-visit-pack='{matter}']").wait_for()
    # the list itself is kept, too
    until(page, "async () => (await caches.keys()).some(name => name.endsWith('-home'))")


def until(page: Any, ask: str, arg: Any = None) -> None:
    """Until an asynchronous question is answered yes; the browser's own waiting does not await one."""
    for _attempt in range(1500):
        if page.evaluate(ask, arg):
            return
        page.wait_for_timeout(200)
    raise AssertionError(ask)


def open_form(field: Field, page: Any, matter: int, step: str) -> None:
    page.goto(f"{field.web}/visits/of/{matter}/steps/{step}/")
    page.locator("form[data-visit-ready]").wait_for()


def saved(page: Any) -> None:
    """Until what was typed last lies in the phone's store."""
    page.locator("[data-visit-saved]", has_text="已保存在本机").wait_for()


def printed(page: Any) -> list[str]:
    """What stands on the paper that the button asks the browser for: the texts of every question that is shown then."""
    page.evaluate("""() => { window.papers = []; window.print = () => {
        dispatchEvent(new Event('beforeprint'))
        papers.push(...[...document.querySelectorAll('textarea')].filter(each => each.checkVisibility()).map(each => each.value))
        dispatchEvent(new Event('afterprint')) } }""")
    page.get_by_role("button", name="打印").click()
    found: list[str] = page.evaluate("papers")
    return found


def finish(field: Field, page: Any, matter: int) -> None:
    page.get_by_role("button", name="填好了，保存待传").click()
    page.wait_for_url(f"**/visits/of/{matter}/")


def arrive(field: Field, page: Any, matter: int) -> None:
    open_form(field, page, matter, "arrive")
    page.get_by_label("天气").select_option("rain")
    page.get_by_label("已出示执法证件").check()
    page.get_by_label("执法人员 2").select_option(str(field.accounts["second"]))
    finish(field, page, matter)


def states(page: Any) -> list[str]:
    page.locator("[data-visit-records] > *").first.wait_for()
    return page.locator("[data-visit-records] .status").all_inner_texts()


def until_states(page: Any, *wanted: str) -> None:
    from playwright.sync_api import TimeoutError as TooLateError

    try:
        page.wait_for_function(
            "wanted => JSON.stringify([...document.querySelectorAll('[data-visit-records] .status')]"
            ".map(each => each.textContent)) === JSON.stringify(wanted)",
            arg=list(wanted),
        )
    except TooLateError as error:
        told = page.locator("[data-visit-connection]").inner_text()
        raise AssertionError((states(page), told)) from error


def test_a_whole_visit_is_written_without_a_network_and_stands_in_the_matter_afterwards(
    field: Field, screenshots: Path
) -> None:
    page, matter = field.phone("officer"), field.next_visit()
    take_along(field, page, matter)
    page.context.set_offline(True)

    page.goto(f"{field.web}/visits/")  # opened anew without a network
    page.locator("#announcer").filter(has_text="没有网络").wait_for()
    page.get_by_role("link", name=re.compile("检查模拟印染厂")).first.wait_for()
    arrive(field, page, matter)
    assert states(page) == ["待传"]
    marks = page.locator("[data-visit-step='note'] .status").inner_text()
    assert marks == "现在可以填写"  # though the platform does not know yet that they arrived

    open_form(field, page, matter, "note")
    page.get_by_label("现场情况").fill("总排口有泡沫")
    content = photo()
    page.get_by_label("现场照片").set_input_files(
        {"name": "总排口.png", "mimeType": "image/png", "buffer": content}
    )
    page.get_by_text("已附上位置").wait_for()
    page.locator("[data-visit-saved]", has_text="已保存附件“总排口.png”").wait_for()
    saved(page)
    page.reload()  # still without a network
    page.locator("form[data-visit-ready]").wait_for()
    assert page.get_by_label("现场情况").input_value() == "总排口有泡沫"
    kept = page.evaluate("document.querySelector('input[type=file]').files[0].size")
    assert kept == len(content)
    page.screenshot(path=screenshots / "offline-form.png", full_page=True)
    assert printed(page) == ["总排口有泡沫"]
    page.emulate_media(media="print")
    page.screenshot(path=screenshots / "offline-form-printed.png", full_page=True)
    assert not page.get_by_role("button", name="填好了，保存待传").is_visible()
    page.emulate_media(media="screen")
    finish(field, page, matter)

    open_form(field, page, matter, "record")
    page.get_by_label("检查结论").fill("废水疑似超标")
    page.get_by_label("废水").check()
    page.get_by_label("噪声").check()
    page.get_by_label("检查日期").fill("2026-11-29")
    finish(field, page, matter)
    until_states(page, "待传", "待传", "待传")
    page.screenshot(path=screenshots / "offline-visit.png", full_page=True)

    page.context.set_offline(False)
    until_states(page, "已传", "已传", "已传")
    page.goto(f"{field.web}/matters/{matter}/")
    course = page.locator("main").inner_text()
    for words in ("雨", "总排口有泡沫", "废水疑似超标", "废水、噪声", "陈执法（模拟44-officer）"):
        assert words in course, words
    assert "总排口.png" in course or page.locator("img[src*='thumbnail']").count() == 1
    page.screenshot(path=screenshots / "offline-matter.png", full_page=True)


def test_a_network_cut_in_the_middle_of_sending_loses_and_doubles_nothing(field: Field) -> None:
    page, matter = field.phone("officer"), field.next_visit()
    take_along(field, page, matter)
    page.context.set_offline(True)
    arrive(field, page, matter)
    for number in range(4):
        open_form(field, page, matter, "note")
        page.get_by_label("现场情况").fill(f"第{number}条")
        if number == 2:
            page.get_by_label("现场照片").set_input_files(
                {"name": "a.png", "mimeType": "image/png", "buffer": photo()}
            )
            page.locator("[data-visit-saved]", has_text="已保存附件").wait_for()
        finish(field, page, matter)
    chance = random.Random(20261129)

    def fault(route: Any) -> None:
        """Cut before, cut after (the platform acted, the phone does not know), doubled, or through."""
        kind = chance.choice(["before", "after", "double", "through"])
        if kind == "before":
            return route.abort("connectionreset")
        answer = route.fetch()
        if kind == "double":
            answer = route.fetch()
        return route.abort("connectionreset") if kind == "after" else route.fulfill(response=answer)

    page.route(re.compile(r"/visits/(sync|state)/|/files/"), fault)
    page.context.set_offline(False)
    for _attempt in range(80):
        if set(states(page)) == {"已传"}:
            break
        page.evaluate("window.dispatchEvent(new Event('online'))")
        page.wait_for_timeout(150)
    page.unroute_all(behavior="ignoreErrors")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    until_states(page, *["已传"] * 5)
    page.goto(f"{field.web}/matters/{matter}/")
    course = page.locator(".course, .timeline").first.inner_text()
    assert [course.count(f"第{number}条") for number in range(4)] == [1, 1, 1, 1]
    assert (
        course.index("第0条")
        < course.index("第1条")
        < course.index("第2条")
        < course.index("第3条")
    )


def test_whose_session_ended_keeps_everything_and_sends_it_after_signing_in_again(
    field: Field,
) -> None:
    page, matter = field.phone("officer"), field.next_visit()
    take_along(field, page, matter)
    page.context.set_offline(True)
    arrive(field, page, matter)
    page.context.clear_cookies()
    page.context.set_offline(False)
    page.locator("[data-visit-connection]").filter(has_text="登录已失效，内容都在本机").wait_for()
    assert states(page) == ["待传"]
    field.sign_in(page.context, "officer")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    until_states(page, "已传")


def test_what_somebody_else_did_meanwhile_is_a_conflict_in_plain_words_and_is_resolved(
    field: Field, screenshots: Path
) -> None:
    page, colleague, matter = field.phone("officer"), field.phone("second"), field.next_visit()
    take_along(field, page, matter)
    take_along(field, colleague, matter)
    page.context.set_offline(True)
    arrive(field, page, matter)
    colleague.goto(f"{field.web}/visits/of/{matter}/steps/arrive/")
    colleague.locator("form[data-visit-ready]").wait_for()
    colleague.get_by_label("天气").select_option("fine")
    colleague.get_by_label("已出示执法证件").check()
    colleague.get_by_label("执法人员 2").select_option(str(field.accounts["officer"]))
    finish(field, colleague, matter)
    until_states(colleague, "已传")
    page.context.set_offline(False)
    until_states(page, "有冲突")
    assert "已被他人办理" in page.locator("[data-visit-records]").inner_text()
    page.locator("[data-visit-records] a").first.click()
    page.get_by_role("heading", name="您填写之后事项的变化").wait_for()
    page.screenshot(path=screenshots / "offline-conflict.png", full_page=True)
    page.get_by_label("理由或说明").fill("同事已办")
    page.get_by_role("button", name="作废").click()
    page.get_by_text("已作废，记录和理由保留备查").wait_for()
    page.goto(f"{field.web}/visits/")
    until_states(page, "已传，已作废")


def test_signing_out_takes_the_matters_off_the_phone_but_asks_before_anything_unsent_goes(
    field: Field,
) -> None:
    page, matter = field.phone("officer"), field.next_visit()
    take_along(field, page, matter)
    open_form(field, page, matter, "arrive")
    page.get_by_label("天气").select_option("rain")
    saved(page)
    page.locator(".phone-menu summary").click()
    page.locator(".phone-menu form[data-sign-out] button").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("1 条未上传").wait_for()
    dialog.get_by_role("button", name="退出，未传内容留在本机").click()
    page.wait_for_url("**/accounts/login/**")
    assert page.evaluate("caches.keys()") == []  # nothing of the matter can be opened any more

    field.sign_in(page.context, "second")  # somebody else takes the phone
    page.goto(f"{field.web}/visits/")
    page.locator("[data-visit-connection]", has_text="其他账号未上传的 1 条内容").wait_for()
    assert states(page) == []
    field.sign_in(page.context, "officer")  # and its author comes back
    page.goto(f"{field.web}/visits/of/{matter}/steps/arrive/")
    page.locator("form[data-visit-ready]").wait_for()
    assert page.get_by_label("天气").input_value() == "rain"


def test_two_hundred_records_over_a_slow_network_arrive_within_five_minutes(
    chromium: Any, served: tuple[str, dict[str, Any]]
) -> None:
    """100 kbit/s each way, 150 ms there and back, on a line of the test's own; what it carried is printed."""
    web, told = served
    host, _colon, port = web.removeprefix("http://").rpartition(":")
    with beside("narrow_line").NarrowLine(host, int(port)) as line:
        field = Field(chromium, line.address, told, _conftest().watch)
        carried = _two_hundred_records(field, line)
        assert field.close() == []
    kilobits = carried.bits_per_second / 1000
    print(
        f"200 records: {carried.up_bytes} bytes up, {carried.seconds:.1f} s, {kilobits:.0f} kbit/s"
    )
    assert carried.up_bytes > 200 * 400  # all of them came this way
    assert kilobits <= 101  # the line was as narrow as it should be
    assert carried.seconds <= 300


def _two_hundred_records(field: Field, line: Any) -> Any:
    """Written without a network, sent over the line once it is narrow."""
    page, matter = field.phone("officer"), field.next_visit()
    take_along(field, page, matter)
    arrive(field, page, matter)
    until_states(page, "已传")
    page.context.set_offline(True)
    page.goto(f"{field.web}/visits/of/{matter}/steps/note/")
    page.locator("form[data-visit-ready]").wait_for()
    words = (
        "现场检查发现废水处理设施正在运行，总排口外排水体颜色正常，无明显异味，流量计读数正常。" * 4
    )
    page.evaluate(
        _MANY,
        {"count": 200, "words": words, "matter": matter, "user": str(field.accounts["officer"])},
    )
    line.narrow(bits_per_second=100_000, delay_seconds=0.075)
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    until(page, _ALL_SENT, 201)
    return line.carried()


#: Two hundred finished notes, in the store's own format.
_MANY = """async ({count, words, matter, user}) => {
  const open = () => new Promise((resolve) => {
    const asked = indexedDB.open('zhihuan-visits', 1); asked.onsuccess = () => resolve(asked.result) })
  const database = await open()
  const got = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result) })
  const transaction = database.transaction(['records', 'devices'], 'readwrite')
  const devices = transaction.objectStore('devices'), records = transaction.objectStore('records')
  const device = await got(devices.get(user))
  for (let number = 0; number < count; number += 1) {
    device.sequence += 1
    const id = crypto.randomUUID()
    records.put({ id, user, device: device.id, sequence: device.sequence, matter, step: 'note',
      title: 'x', stepTitle: 'x', version: 2, after: device.last[matter] ?? null,
      values: [['words', number + words]], officers: [], files: [], filledAt: new Date().toISOString(),
      state: 'queued', words: '', settledAt: '' })
    device.last[matter] = id
  }
  devices.put(device)
  await new Promise((resolve) => { transaction.oncomplete = resolve })
}"""
_ALL_SENT = """async (wanted) => {
  const database = await new Promise((resolve) => {
    const asked = indexedDB.open('zhihuan-visits', 1); asked.onsuccess = () => resolve(asked.result) })
  const records = database.transaction('records').objectStore('records')
  const all = await new Promise((resolve) => {
    const asked = records.getAll(); asked.onsuccess = () => resolve(asked.result) })
  database.close()
  return all.filter(each => each.state === 'applied').length === wanted
}"""


def test_the_first_load_of_a_visit_is_light(field: Field) -> None:
    """All that a phone fetches to have a visit with it, gzipped as a proxy in front sends it."""
    import gzip

    page, matter = field.phone("officer"), field.next_visit()
    bodies: dict[str, int] = {}

    def count(response: Any) -> None:
        if response.url.startswith(field.web) and response.status == 200:
            bodies[response.url] = len(gzip.compress(response.body(), 6))

    page.on("response", count)
    page.context.on("response", count)
    take_along(field, page, matter)
    page.wait_for_load_state("networkidle")
    total = sum(bodies.values())
    print(f"first load of a visit: {total / 1024:.0f} KiB gzip in {len(bodies)} files")
    assert any("/steps/record/" in url for url in bodies)
    assert total <= 300_000


PAGES = {
    "list": "/visits/",
    "visit": "/visits/of/{matter}/",
    "form": "/visits/of/{matter}/steps/record/",
}
LOOKS: tuple[dict[str, str], ...] = ({}, {"zhihuan_theme": "dark"}, {"zhihuan_mode": "elder"})


@pytest.mark.parametrize("looks", LOOKS, ids=["light", "dark", "elder"])
def test_nobody_is_shut_out_and_nothing_sticks_out(
    field: Field, axe: str, screenshots: Path, looks: dict[str, str], served: Any
) -> None:
    page, matter = field.phone("officer", **looks), served[1]["matters"][-1]
    take_along(field, page, matter)
    open_form(field, page, matter, "arrive")
    page.get_by_label("天气").select_option("rain")
    saved(page)
    name = next(iter(looks.values()), "light")
    for key, path in PAGES.items():
        page.goto(field.web + path.format(matter=matter))
        page.locator("[data-visit-connection]:not(:empty)").wait_for()
        for width in (360, 1440):
            page.set_viewport_size({"width": width, "height": 740})
            over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert over <= 0, (key, width)
            page.screenshot(path=screenshots / f"visits-{key}-{name}-{width}.png", full_page=True)
        page.evaluate(axe)
        found = page.evaluate(
            "async () => (await axe.run()).violations.map(v => [v.id, v.nodes.map(n => n.html)])"
        )
        assert found == [], key
