"""The live page with 10,000 points in a real Chromium: does its data arrive, does it pan smoothly?

A platform of its own (web, gateway, store: one process) serves the synthetic city; the browser logs
in, loads the page several times and drags the map. Software drawing: no graphics card is used.

Figures: from the request for the points to their last byte (median of the loads, waiting server
included; the first load after a start apart), until they are drawn, bytes on the wire, frames a
second while panning, and the slowest frames.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench._serving import serving

CHROMIUM_ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"]
ACCOUNT, PASSWORD = "duty", "zhihuan-demo"


def main() -> int:
    quick = _quick()
    points, loads = (2_000, 3) if quick else (10_000, 9)
    program = os.environ.get("ZHIHUAN_CHROMIUM") or shutil.which("chromium")
    if not program:
        print("map_page: Chromium not found, nothing measured", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="zhihuan-map-") as home:
        environment = os.environ | {"ZHIHUAN_HOME": home, "ZHIHUAN_DATABASE_URL": ""}
        print(f"filling a city of {points} points", file=sys.stderr)
        fill = [sys.executable, "-m", "bench._map_city", str(points)]
        subprocess.run(fill, env=environment, check=True)
        with serving(environment, Path(home) / "serve.log") as web, _page(program, web) as page:
            _report_arrival(page, web, points, loads)
            _report_panning(page, points, seconds=2 if quick else 5)
    return 0


def _quick() -> bool:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="2,000 points, three loads")
    return bool(parser.parse_args().quick)


def _figure(name: str, figure: float, unit: str, target: float | None, note: str) -> None:
    line = {
        "bench": f"map page: {name}",
        "figure": round(figure, 1),
        "unit": unit,
        "target": target,
    }
    print(json.dumps(line | {"at_most": unit != "frames/s", "note": note}, ensure_ascii=False))


@contextmanager
def _page(program: str, web: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.add_init_script(_WATCH_ARRIVAL)
        page.goto(f"{web}/accounts/login/")
        page.get_by_label("账号").fill(ACCOUNT)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url("**/live/")
        yield page
        browser.close()


#: Notes when the points were asked for, when their last byte came, and when the map had drawn them.
_WATCH_ARRIVAL = """
  new MutationObserver(() => {
    if (window.drawnAt || !document.querySelector('.map-frame[data-points]')) return
    requestAnimationFrame(() => requestAnimationFrame(() => { window.drawnAt = performance.now() }))
  }).observe(document, { subtree: true, childList: true, attributes: true })
"""
_ARRIVAL = """() => {
  const asked = performance.getEntriesByType('resource').find(e => e.name.includes('points.json'))
  return { arrived: asked.responseEnd - asked.startTime, drawn: window.drawnAt - asked.startTime,
           first: asked.responseStart - asked.startTime, bytes: asked.encodedBodySize,
           since_navigation: window.drawnAt }
}"""


def _report_arrival(page: Any, web: str, points: int, loads: int) -> None:
    seen = []
    for _load in range(loads + 1):
        page.goto(f"{web}/live/")
        page.wait_for_function(f"() => window.drawnAt && {points}", timeout=60_000)
        drawn = int(page.locator(".map-frame").get_attribute("data-points"))
        if drawn != points:
            raise SystemExit(f"the map shows {drawn} of {points} points")
        seen.append(page.evaluate(_ARRIVAL))
    later = seen[1:]
    median = {key: statistics.median(each[key] for each in later) for key in later[0]}
    size = f"{points} points"
    _figure("data arrived", median["arrived"], "ms", 500, f"{size}, median of {loads} loads")
    _figure("data arrived, slowest", max(e["arrived"] for e in later), "ms", None, size)
    _figure("data arrived, first load after the start", seen[0]["arrived"], "ms", None, size)
    _figure("waiting for the server", median["first"], "ms", None, size)
    _figure("points drawn", median["drawn"], "ms", None, f"{size}, from the request")
    _figure(
        "page with map drawn", median["since_navigation"], "ms", 1500, f"{size}, from navigation"
    )
    _figure("points on the wire", median["bytes"] / 1024, "KiB", None, f"{size}, gzip")


#: Drags the map to and fro, one step a frame, from inside the page: what a hand does, but no slower
#: than the page can show it. Answers when each frame began, and how often the points were drawn.
_DRAG = """seconds => new Promise(done => {
  const canvas = document.querySelector('.map-points'), box = canvas.getBoundingClientRect()
  const at = { x: box.left + box.width / 2, y: box.top + box.height / 2 }
  const send = (kind, buttons) => canvas.dispatchEvent(new PointerEvent(kind, {
    bubbles: true, cancelable: true, pointerId: 1, isPrimary: true, pointerType: 'mouse',
    button: kind === 'pointermove' ? -1 : 0, buttons, clientX: at.x, clientY: at.y }))
  const clear = CanvasRenderingContext2D.prototype.clearRect
  let drawings = 0
  CanvasRenderingContext2D.prototype.clearRect = function (...area) {
    if (this.canvas === canvas) drawings += 1
    return clear.apply(this, area)
  }
  const frames = []
  const step = now => {
    frames.push(now)
    if (now - frames[0] < seconds * 1000) {
      const side = Math.floor(frames.length / 40) % 2 ? -1 : 1
      at.x += 7 * side
      at.y += 3 * side
      send('pointermove', 1)
      return requestAnimationFrame(step)
    }
    send('pointerup', 0)
    CanvasRenderingContext2D.prototype.clearRect = clear
    done([frames, drawings])
  }
  send('pointerdown', 1)
  requestAnimationFrame(step)
})"""


def _report_panning(page: Any, points: int, *, seconds: float) -> None:
    for name, zooms in (("whole city", 0), ("closer", 2)):
        for _zoom in range(zooms):
            page.locator(".ol-zoom-in").click()
            page.wait_for_timeout(500)
        frames, drawings = page.evaluate(_DRAG, seconds)
        gaps = sorted(b - a for a, b in itertools.pairwise(frames))
        if drawings < 0.9 * len(gaps):
            raise SystemExit(f"the points were drawn {drawings} times in {len(gaps)} frames")
        note = f"{points} points, {name}, the points moved in every frame"
        _figure("panning", 1000 * len(gaps) / sum(gaps), "frames/s", 30, note)
        _figure("panning, 95 % of frames within", gaps[int(0.95 * len(gaps))], "ms", None, note)


if __name__ == "__main__":
    sys.exit(main())
