"""Evidence in a real browser: no barrier, nothing sticks out, a photograph with place, a bundle that verifies."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("looks_only")]

HOME = Path(__file__).with_name("evidence_home.py")
SERVE = f"import sys; sys.path.insert(0, {str(HOME.parent)!r}); import evidence_home; evidence_home.serve()"
PHONE, DESK = (360, 740), (1440, 900)


class Room:
    """``room("section_head", "/evidence/1/")``: a watched page of somebody of the case."""

    def __init__(self, chromium: Any, web: str, told: dict[str, Any], watch: Any) -> None:
        self._chromium, self.web, self._told, self._watch = chromium, web, told, watch
        self.matter = told["matter"]
        self.troubles: list[str] = []
        self._contexts: list[Any] = []

    def __call__(self, who: str, path: str, size: tuple[int, int] = DESK, **looks: str) -> Any:
        context = self._chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="zh-CN", accept_downloads=True,
            geolocation={"longitude": 113.42, "latitude": 22.68, "accuracy": 15}, permissions=["geolocation"],
        )  # fmt: skip
        cookies = {"zhihuan_session": self._told["sessions"][who], **looks}
        context.add_cookies(
            [{"name": name, "value": value, "url": self.web} for name, value in cookies.items()]
        )
        self._contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        self._watch(page, self.troubles)
        page.goto(self.web + path)
        return page

    def expect(self, words: str) -> None:
        """Take what the browser reported with these words off the list; fail when there is none."""
        assert any(words in each for each in self.troubles), self.troubles
        self.troubles[:] = [each for each in self.troubles if words not in each]

    def close(self) -> None:
        while self._contexts:
            self._contexts.pop().close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, Any]]]:
    """Where it answers, and what the seeding told."""
    conftest = _conftest()
    home = tmp_path_factory.mktemp("evidence")
    with conftest.own_database(home) as database:
        environment = os.environ | database | {"ZHIHUAN_HOME": str(home), "ZHIHUAN_DEBUG": "0"}
        # the case is registered before the command line is read, so its --listen comes too late
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
    import importlib.util

    spec = importlib.util.spec_from_file_location("browser_conftest", HOME.with_name("conftest.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def room(chromium: Any, served: tuple[str, dict[str, Any]]) -> Iterator[Room]:
    web, told = served
    made = Room(chromium, web, told, sys.modules["browser_conftest"].watch)
    yield made
    made.close()
    assert made.troubles == []


PAGES = {
    "gallery": ("section_head", "/evidence/of/{matter}/"),
    "piece": ("section_head", "/evidence/1/"),
    "add": ("field_officer", "/evidence/of/{matter}/add/"),
    "matter": ("section_head", "/matters/{matter}/"),
    "refused-list": ("security_administrator", "/evidence/refused/"),
    "refused": ("security_administrator", "/evidence/refused/1/"),
}
LOOKS = {
    "phone": (PHONE, {}),
    "desk": (DESK, {}),
    "dark": (DESK, {"zhihuan_theme": "dark"}),
    "elder": (PHONE, {"zhihuan_mode": "elder"}),
}


@pytest.mark.parametrize("name", PAGES)
def test_no_page_of_evidence_has_a_barrier_and_all_fit(
    room: Room, name: str, axe: str, screenshots: Path
) -> None:
    who, path = PAGES[name]
    for look, (size, cookies) in LOOKS.items():
        page = room(who, path.format(matter=room.matter), size, **cookies)
        page.screenshot(path=screenshots / f"evidence-{name}-{look}.png", full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= size[0], (look, wide)
        page.evaluate(axe)
        found = page.evaluate("axe.run(document)")["violations"]
        told = [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found]
        assert told == [], look
        room.close()


def test_a_photograph_goes_with_time_and_place_of_the_browser(room: Room, tmp_path: Path) -> None:
    page = room("field_officer", f"/evidence/of/{room.matter}/add/", PHONE)
    sys.path.insert(0, str(HOME.parents[1] / "bureau" / "vault"))
    import vault_samples as samples

    photo = tmp_path / "现场.jpg"
    photo.write_bytes(samples.photo((320, 240), colour="maroon"))
    page.locator("input[type=file]").set_input_files(photo)
    page.get_by_text("已附上位置").wait_for()
    page.get_by_label("证明内容").fill("夜间排放")
    page.get_by_role("button", name="入卷").click()
    # time, place and author of what is taken on the spot are missing: the file stays
    page.get_by_text("不必再次上传").wait_for()
    room.expect("422")
    page.get_by_label("拍摄或制作时间").fill("2026-11-03T09:15")
    page.get_by_label("拍摄或制作地点").fill("总排口")
    page.get_by_label("拍摄或制作人").fill("张三、李四")
    page.get_by_label("取得方式").select_option("taken")
    page.get_by_role("button", name="入卷").click()
    page.get_by_text("下载原件").wait_for()
    row = page.get_by_role("row", name="浏览器").inner_text()
    assert "113.420000°" in row
    assert "22.680000°" in row


def test_a_bundle_is_made_while_one_waits_and_verifies_elsewhere(
    room: Room, tmp_path: Path
) -> None:
    page = room("section_head", f"/evidence/of/{room.matter}/")
    page.get_by_role("button", name="制作证据包").click()
    _taken_away_and_verified(page, "下载证据包", tmp_path)


def test_the_whole_file_is_made_while_one_waits_and_verifies_elsewhere(
    room: Room, tmp_path: Path
) -> None:
    page = room("section_head", f"/matters/{room.matter}/file/")
    page.get_by_role("button", name="打包全卷").click()
    names = _taken_away_and_verified(page, "下载案卷", tmp_path)
    assert {"正卷/000-案卷封面.docx", "正卷/000-卷内目录.docx", "正卷/999-卷内备考表.docx"} <= names
    assert any(name.startswith("正卷/证据/") for name in names)


def _taken_away_and_verified(page: Any, words: str, tmp_path: Path) -> set[str]:
    """The names of what lies in the archive."""
    link = page.get_by_role("link", name=words)
    link.wait_for()
    digest = page.locator(".evidence-hash code").inner_text()
    with page.expect_download() as download:
        link.click()
    file = tmp_path / "bundle.zip"
    download.value.save_as(file)
    with zipfile.ZipFile(file) as archive:
        archive.extract("verify.py", tmp_path)
        names = set(archive.namelist())
    checked = subprocess.run(
        [sys.executable, "-I", tmp_path / "verify.py", file, "--manifest", digest],
        capture_output=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout.decode()
    return names
