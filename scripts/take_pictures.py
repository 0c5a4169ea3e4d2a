"""Take the pictures of the README and the documents from a running demo.

    python scripts/take_pictures.py http://127.0.0.1:8000 [name ...]

Signs in with the demo's accounts and writes docs/pictures/*, all or those named. Everything in them is synthetic and
says so. A picture is as light as its colours allow: 256 of them in a .png, a photograph where it is of a wall.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
CHROMIUM_ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"]
PASSWORD = "zhihuan-demo"
#: What a repository carries of one picture.
MOST_BYTES = 250_000


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: as whom, how wide and high, and how to come to what is shown. looks: ``theme="dark"``,
    ``mode="elder"``, as their cookies have them."""

    account: str
    go: Callable[[Any, str], None]
    width: int = 1366
    height: int = 900
    looks: dict[str, str] = field(default_factory=dict)
    ending: str = "png"


def page_of(path: str) -> Callable[[Any, str], None]:
    """That address."""

    def go(page: Any, web: str) -> None:
        page.goto(web + path)

    return go


def first_of(path: str, words: str = "") -> Callable[[Any, str], None]:
    """The first row of that list, or the first with those words."""

    def go(page: Any, web: str) -> None:
        page.goto(web + path)
        rows = page.locator(".data-table tbody tr")
        row = rows.filter(has_text=words).first if words else rows.first
        row.locator("a").first.click()
        page.locator("h1").first.wait_for()
        page.wait_for_url(lambda url: not url.endswith(path))
        page.wait_for_load_state("networkidle")

    return go


def live(page: Any, web: str) -> None:
    page.goto(f"{web}/live/")
    page.wait_for_selector(".map-frame[data-points]", state="attached")
    page.wait_for_selector("[data-connection='live']")
    page.wait_for_timeout(2000)


def exceeding_point(page: Any, web: str) -> None:
    """The drawer of the first exceeding outlet, with its curve of hours."""
    live(page, web)
    page.locator("tr[data-state='exceeding'] [data-open-point]").first.click()
    page.locator("#drawer .chart-key li").first.wait_for()
    kinds = page.get_by_role("group", name="数据类型")
    kinds.get_by_role("button", name="小时").click()
    page.wait_for_timeout(1500)
    page.locator("#drawer").evaluate("drawer => drawer.scrollTo(0, 0)")
    page.mouse.move(5, 5)
    page.wait_for_timeout(500)


def live_map(page: Any, web: str) -> None:
    live(page, web)
    page.get_by_role("button", name="地图", exact=True).click()
    page.wait_for_timeout(800)


def busy_enterprise(page: Any, web: str) -> None:
    """The file of an enterprise that measures."""
    first_of("/registry/enterprises/")(page, web)
    page.locator(".strip").wait_for()


def own_visits(page: Any, web: str) -> None:
    """What may be taken along; the telephone's own part has begun when its buttons are there."""
    page.goto(f"{web}/visits/")
    page.locator("[data-visit-take]:visible").first.wait_for()


def import_preview(page: Any, web: str) -> None:
    """The preview of a file with wrong rows. Nothing is imported."""
    page.goto(f"{web}/registry/imports/")
    rows = ["企业编码,名称,无信用代码的原因,镇街,经度,纬度"]
    rows += [f"MN-{n},模拟企业{n}（模拟数据）,模拟数据,小榄,113.25,22.66" for n in range(1, 7)]
    rows += ["MN-7,,模拟数据,小榄,113.25,22.66", "MN-8,模拟企业8,模拟数据,没有这个镇,113.25,22.66"]
    file = {"name": "企业名录.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="上传并校验").click()
    page.get_by_role("button", name="确认导入").wait_for(timeout=120_000)


SHOTS = {
    "live-1366": Shot("duty", exceeding_point, height=768),
    "live-1920": Shot("duty", exceeding_point, 1920, 1080),
    "live-360": Shot("duty", live_map, 360, 740),
    "live-wall": Shot("wall", live, 3840, 2160, ending="jpg"),
    "live-dark": Shot("duty", exceeding_point, height=768, looks={"theme": "dark"}),
    "import-upload-1366": Shot("registrar", page_of("/registry/imports/")),
    "import-preview-1366": Shot("registrar", import_preview),
    "registry-list": Shot("duty", page_of("/registry/enterprises/")),
    "enterprise-file": Shot("duty", busy_enterprise),
    "enterprise-file-elder": Shot("duty", busy_enterprise, looks={"mode": "elder"}),
    "catalogue": Shot("duty", page_of("/catalogue/")),
    "catalogue-component": Shot("duty", page_of("/catalogue/derivation/")),
    "inbox": Shot("head", page_of("/inbox/")),
    "matter-plan-filing": Shot("head", first_of("/matters/plan_filing/", "已备案"), height=1200),
    "case": Shot("leader", first_of("/matters/penalty_case/", "结案"), height=1200),
    "statistics": Shot("leader", page_of("/statistics/enforcement/"), height=1100),
    "alarm": Shot("duty", first_of("/alarms/"), height=1100),
    "clue": Shot("head", first_of("/clues/"), height=1000),
    "visit-360": Shot("inspect-1", own_visits, 360, 740),
    "portal": Shot("enterprise", page_of("/portal/"), height=1100),
    "open": Shot("", page_of("/open/"), height=1000),
}  # fmt: skip


def main(web: str, names: list[str]) -> None:
    program = os.environ.get("ZHIHUAN_CHROMIUM") or shutil.which("chromium")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        for name in names or SHOTS:
            take(browser, web, name, SHOTS[name])
        browser.close()


def take(browser: Browser, web: str, name: str, shot: Shot) -> None:
    path = PICTURES / f"{name}.png"
    with signed_in(browser, web, shot) as page:
        shot.go(page, web)
        page.screenshot(path=path)
    lighten(path, shot.ending)


def lighten(path: Path, ending: str) -> None:
    """The same picture in fewer bytes; a photograph half as wide is read as well."""
    with Image.open(path) as taken:
        picture = taken.convert("RGB")
    if ending == "jpg":
        path.unlink()
        path = path.with_suffix(".jpg")
        picture.resize((picture.width // 2, picture.height // 2)).save(path, quality=80)
    else:
        picture.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.name}: {size:,} bytes{' - too many' if size > MOST_BYTES else ''}")


@contextmanager
def signed_in(browser: Browser, web: str, shot: Shot) -> Iterator[Any]:
    viewport = {"width": shot.width, "height": shot.height}
    context = browser.new_context(viewport=viewport, locale="zh-CN")
    context.add_cookies(
        [{"name": f"zhihuan_{key}", "value": each, "url": web} for key, each in shot.looks.items()]
    )
    page = context.new_page()
    if shot.account:
        page.goto(f"{web}/accounts/login/")
        page.get_by_label("账号").fill(shot.account)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(lambda url: "/accounts/login/" not in url)
    yield page
    context.close()


if __name__ == "__main__":
    main((sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000").rstrip("/"), sys.argv[2:])
