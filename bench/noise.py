"""Noise propagation on one core: source–receiver–band triples a second, and what plain loops take.

A road of 200 point sources and a map of 2 500 receivers over ground of G = 0.5: open; behind one wall
of 800 m; among 30 buildings; over patches of ground. The plain route is what one writes first from
the standard's text, pair by pair and band by band, for the open ground and for the wall (over its top
and round its ends); it must agree to 1e-6 dB before anything is timed. Statistics of levels and the
judgement of zones come last. Seconds are those of one core (processor time).
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Callable

import numpy as np

from bench._dose import add_doses, dose_of
from zhihuan.standards.noise import functional_zone, statistics
from zhihuan.standards.noise_propagation import (
    Building,
    Ground,
    Patch,
    Points,
    Scene,
    Sources,
    Wall,
    levels,
    receiver_grid,
)

BANDS = [63, 125, 250, 500, 1000, 2000, 4000, 8000]
SECONDS = 3.0
WALL = [[100.0, 520.0, 4.0], [900.0, 520.0, 4.0]]
FACTOR = 0.5


def road(count: int) -> Sources:
    places = np.column_stack(
        [np.linspace(2.5, 997.5, count), np.full(count, 500.0), np.full(count, 0.5)]
    )
    return Sources.at(places, power=[80.0] * 8)


def town(count: int) -> tuple[Building, ...]:
    """Houses of 15 m by 12 m on both sides of the road, 30 m from it and more."""
    chance = np.random.default_rng(3)
    corners = np.column_stack(
        [
            chance.uniform(0, 980, count),
            chance.choice([-1.0, 1.0], count) * chance.uniform(40, 300, count) + 494,
        ]
    )
    return tuple(
        Building([[x, y], [x + 15, y], [x + 15, y + 12], [x, y + 12]], 15.0) for x, y in corners
    )


# --- the plain route ------------------------------------------------------------------------------


def plain_alpha(band: int) -> float:
    """ISO 9613-1 at 10 °C, 70 %, 101.325 kPa, dB/m."""
    f, t = 1000 * 10 ** (0.3 * (band - 4)), 283.15
    h = 70 * 10 ** (-6.8346 * (273.16 / t) ** 1.261 + 4.6151)
    fro = 24 + 4.04e4 * h * (0.02 + h) / (0.391 + h)
    frn = (t / 293.15) ** -0.5 * (9 + 280 * h * math.exp(-4.17 * ((t / 293.15) ** (-1 / 3) - 1)))
    part = 0.01275 * math.exp(-2239.1 / t) / (fro + f * f / fro)
    part += 0.1068 * math.exp(-3352 / t) / (frn + f * f / frn)
    return 8.686 * f * f * (1.84e-11 * (t / 293.15) ** 0.5 + (t / 293.15) ** -2.5 * part)


ALPHA = [plain_alpha(band) for band in range(8)]


def plain_end(band: int, h: float, dp: float) -> float:
    if band == 0:
        return -1.5
    if band > 4:
        return -1.5 * (1 - FACTOR)
    k = 1 - math.exp(-dp / 50)
    if band == 1:
        far = 5.7 * math.exp(-0.09 * h * h) * (1 - math.exp(-2.8e-6 * dp * dp))
        shape = 1.5 + 3 * math.exp(-0.12 * (h - 5) ** 2) * k + far
    else:
        high, steep = [(8.6, 0.09), (14.0, 0.46), (5.0, 0.9)][band - 2]
        shape = 1.5 + high * math.exp(-steep * h * h) * k
    return -1.5 + FACTOR * shape


def plain_barrier(band: int, s: list[float], r: list[float], d: float, agr: float) -> float:
    (x1, y, top), (x2, _, _) = WALL
    if (s[1] - y) * (r[1] - y) >= 0:
        return 0.0
    share = (y - s[1]) / (r[1] - s[1])
    meets = s[0] + share * (r[0] - s[0])
    if not x1 <= meets <= x2:
        return 0.0
    dp, wavelength = math.hypot(r[0] - s[0], r[1] - s[1]), 340 / BANDS[band]
    over = top - (s[2] + share * (r[2] - s[2]))
    first, last = math.hypot(share * dp, top - s[2]), math.hypot((1 - share) * dp, top - r[2])
    z = first + last - d
    kmet = math.exp(-math.sqrt(first * last * d / (2 * z)) / 2000) if over > 0 else 1.0
    dz = 10 * math.log10(max(1.0, 3 + 20 / wavelength * (z if over > 0 else -z) * kmet))
    loss = max(0.0, min(dz, 20.0) - max(agr, 0.0))
    if over <= 0:
        return loss
    energy = 10 ** (-loss / 10)
    for end in (x1, x2):
        aside = abs((end - s[0]) * (r[1] - s[1]) - (y - s[1]) * (r[0] - s[0])) / dp
        if aside <= 8 * over * dp / d:
            way = math.hypot(end - s[0], y - s[1]) + math.hypot(r[0] - end, r[1] - y)
            round_it = math.hypot(way, r[2] - s[2]) - d
            energy += 10 ** (-math.log10(3 + 20 / wavelength * round_it))
    return max(0.0, -10 * math.log10(energy))


def plain_levels(sources: Sources, receivers: Points, *, wall: bool) -> list[list[float]]:
    """Octave levels at each receiver, pair by pair and band by band."""
    result = []
    emitters = list(zip(sources.position.tolist(), sources.power.tolist(), strict=True))
    for r in receivers.position.tolist():
        energy = [0.0] * 8
        for s, power in emitters:
            d, dp = math.dist(s, r), math.hypot(r[0] - s[0], r[1] - s[1])
            near = 30 * (s[2] + r[2])
            q = 0.0 if dp <= near else 1 - near / dp
            spread = 20 * math.log10(d) + 11
            for band in range(8):
                agr = plain_end(band, s[2], dp) + plain_end(band, r[2], dp)
                agr += -3 * q * (1 if band == 0 else 1 - FACTOR)
                loss = spread + ALPHA[band] * d + agr
                if wall:
                    loss += plain_barrier(band, s, r, d, agr)
                energy[band] += 10 ** ((power[band] - loss) / 10)
        result.append([10 * math.log10(part) for part in energy])
    return result


# --- figures --------------------------------------------------------------------------------------


def rate(work: Callable[[], object], count: int) -> float:
    """Pieces a second, the best of several runs."""
    best, until = float("inf"), time.monotonic() + SECONDS
    while best == float("inf") or time.monotonic() < until:
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return count / best


def report(
    name: str, figure: float, unit: str, *, target: float | None = None, note: str = ""
) -> None:
    line = {
        "bench": f"noise: {name}",
        "figure": round(figure, 2 if figure < 100 else 0),
        "unit": unit,
        "target": target,
        "note": note,
    }
    print(json.dumps(line, ensure_ascii=False), flush=True)


def against_plain_loops(sources: Sources, receivers: Points, scene: Scene, *, wall: bool) -> None:
    """Agreement first, then the ratio on the same 25 receivers."""
    some = Points(receivers.position[::100], receivers.height[::100])
    ours, plain = levels(sources, some, scene).octaves, plain_levels(sources, some, wall=wall)
    worst = float(np.abs(ours - np.array(plain)).max())
    assert worst < 1e-6, f"{worst} dB apart"
    count = len(some.position) * len(sources.position) * 8
    loops = rate(lambda: plain_levels(sources, some, wall=wall), count)
    whole = len(receivers.position) * len(sources.position) * 8
    fast = rate(lambda: levels(sources, receivers, scene), whole)
    name = "one wall" if wall else "open ground"
    report(f"plain loops, {name}", loops, "triples/s", note=f"agree to {worst:.0e} dB")
    report(f"ratio to plain loops, {name}", fast / loops, "×")


def main() -> None:
    """Print one JSON object a figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_doses(parser, "a small dose")
    globals()["SECONDS"] = dose_of(parser.parse_args(), SECONDS, 0.5, 0.0)
    sources, receivers = road(200), receiver_grid((0.0, 0.3), (980.0, 980.3), step_m=20.0).points
    ground, wall = Ground(FACTOR), (Wall(WALL),)
    patches = tuple(
        Patch([[x, y], [x + 200, y], [x + 200, y + 150], [x, y + 150]], 1.0)
        for x, y in ((0, 0), (400, 100), (100, 600), (700, 700))
    )
    scenes = {
        "open ground": Scene(ground=ground),
        "one wall": Scene(ground=ground, obstacles=wall),
        "four patches of ground": Scene(ground=Ground(FACTOR, patches)),
        "30 buildings": Scene(ground=ground, obstacles=town(30)),
    }
    count = len(sources.position) * len(receivers.position) * 8
    for name, scene in scenes.items():
        figure = rate(lambda scene=scene: levels(sources, receivers, scene), count)  # type: ignore[misc]
        report(name, figure, "triples/s", target=5_000_000, note="200 sources, 2 500 receivers")
    for name in ("open ground", "one wall"):
        against_plain_loops(sources, receivers, scenes[name], wall=name == "one wall")

    seconds = np.random.default_rng(5).normal(60.0, 6.0, (24, 3600))
    report(
        "statistical levels of 1 s samples",
        rate(lambda: statistics(seconds), seconds.size),
        "samples/s",
    )
    chance = np.random.default_rng(6)
    zones = chance.choice(["0", "1", "2", "3", "4a", "4b"], 200_000)
    measured, day = chance.normal(55.0, 5.0, 200_000), np.datetime64("2026-03-01")
    figure = rate(lambda: functional_zone(measured, zones, "day", on=day), 200_000)
    report("zone judgements", figure, "levels/s")


if __name__ == "__main__":
    main()
