"""Take the pictures of the README and the documents from a running demo.

    python scripts/take_pictures.py http://127.0.0.1:8000

Logs in with the demo's account, waits until the page is live, and writes docs/pictures/*.png.
Everything in them is synthetic and says so.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
CHROMIUM_ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"]
ACCOUNT, PASSWORD = "duty", "zhihuan-demo"


def main(web: str) -> None:
    program = os.environ.get("ZHIHUAN_CHROMIUM") or shutil.which("chromium")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        with live_page(browser, web, 1366, 768) as page:
            open_exceeding_point(page)
            page.screenshot(path=PICTURES / "live-1366.png")
        with live_page(browser, web, 1920, 1080) as page:
            open_exceeding_point(page)
            page.screenshot(path=PICTURES / "live-1920.png")
        with live_page(browser, web, 360, 740) as page:
            page.get_by_role("button", name="地图", exact=True).click()
            page.wait_for_timeout(800)
            page.screenshot(path=PICTURES / "live-360.png")
        with live_page(browser, web, 3840, 2160, account="wall") as page:
            page.wait_for_timeout(3000)
            # of a wall's size: a photograph is a tenth of the bytes
            page.screenshot(path=PICTURES / "live-wall.jpg", type="jpeg", quality=60)
        with live_page(browser, web, 1366, 768, theme="dark") as page:
            open_exceeding_point(page)
            page.screenshot(path=PICTURES / "live-dark.png")
        with signed_in(browser, web, "registrar", 1366, 900) as page:
            take_import(page, web)
        with signed_in(browser, web, ACCOUNT, 1366, 900, mode="elder") as page:
            open_busy_enterprise(page, web)
            page.screenshot(path=PICTURES / "enterprise-file-elder.png")
        with signed_in(browser, web, ACCOUNT, 1366, 900) as page:
            take_registry(page, web)
        browser.close()


def take_registry(page: Any, web: str) -> None:
    """The list of enterprises, the file of one with outlets, and the catalogue."""
    page.goto(f"{web}/registry/enterprises/")
    page.screenshot(path=PICTURES / "registry-list.png")
    open_busy_enterprise(page, web)
    page.screenshot(path=PICTURES / "enterprise-file.png")
    page.goto(f"{web}/catalogue/")
    page.screenshot(path=PICTURES / "catalogue.png")
    page.goto(f"{web}/catalogue/derivation/")
    page.screenshot(path=PICTURES / "catalogue-component.png")


def open_busy_enterprise(page: Any, web: str) -> None:
    """The file of an enterprise that measures."""
    page.goto(f"{web}/registry/enterprises/")
    page.locator(".data-table tbody a").first.click()
    page.locator(".strip").wait_for()


@contextmanager
def live_page(
    browser: Browser, web: str, width: int, height: int, account: str = ACCOUNT, **looks: str
) -> Iterator[Any]:
    with signed_in(browser, web, account, width, height, **looks) as page:
        page.wait_for_selector(".map-frame[data-points]", state="attached")
        page.wait_for_selector("[data-connection='live']")
        yield page


@contextmanager
def signed_in(
    browser: Browser, web: str, account: str, width: int, height: int, **looks: str
) -> Iterator[Any]:
    """looks: ``theme="dark"``, ``mode="elder"``, as their cookies have them."""
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    context.add_cookies(
        [{"name": f"zhihuan_{name}", "value": value, "url": web} for name, value in looks.items()]
    )
    page = context.new_page()
    page.goto(f"{web}/accounts/login/")
    page.get_by_label("账号").fill(account)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/live/")
    yield page
    context.close()


def take_import(page: Any, web: str) -> None:
    """The upload form, and the preview of a file with wrong rows. Nothing is imported."""
    page.goto(f"{web}/registry/imports/")
    page.screenshot(path=PICTURES / "import-upload-1366.png")
    rows = ["企业编码,名称,无信用代码的原因,镇街,经度,纬度"]
    rows += [f"MN-{n},模拟企业{n}（模拟数据）,模拟数据,小榄,113.25,22.66" for n in range(1, 7)]
    rows += ["MN-7,,模拟数据,小榄,113.25,22.66", "MN-8,模拟企业8,模拟数据,没有这个镇,113.25,22.66"]
    text = "\n".join(rows).encode()
    page.set_input_files(
        "input[type=file]", {"name": "企业名录.csv", "mimeType": "text/csv", "buffer": text}
    )
    page.get_by_role("button", name="上传并校验").click()
    page.get_by_role("button", name="确认导入").wait_for(timeout=120_000)
    page.screenshot(path=PICTURES / "import-preview-1366.png")


def open_exceeding_point(page: Any) -> None:
    """The drawer of the first exceeding outlet, with its curve of hours."""
    page.locator("tr[data-state='exceeding'] [data-open-point]").first.click()
    page.locator("#drawer .chart-key li").first.wait_for()
    page.get_by_role("group", name="数据类型").get_by_role("button", name="小时").click()
    page.wait_for_timeout(1500)
    page.locator("#drawer").evaluate("drawer => drawer.scrollTo(0, 0)")
    page.mouse.move(5, 5)
    page.wait_for_timeout(500)


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8000")
