"""ISO 9613-2:1996 once more, one pair and one band at a time, in the order of its clauses.

Nothing is shared with the package: scalars, loops, and another way to find the taut string.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

MIDBANDS = [63, 125, 250, 500, 1000, 2000, 4000, 8000]
A_WEIGHTS = [-26.2, -16.1, -8.6, -3.2, 0.0, 1.2, 1.0, -1.1]
Point = tuple[float, float]


def alpha(band: int, celsius: float, humidity: float, kpa: float) -> float:
    """ISO 9613-1, dB/m."""
    f = 1000 * 10 ** (0.3 * (band - 4))
    t, p = celsius + 273.15, kpa / 101.325
    h = humidity * 10 ** (-6.8346 * (273.16 / t) ** 1.261 + 4.6151) / p
    fro = p * (24 + 4.04e4 * h * (0.02 + h) / (0.391 + h))
    frn = p * (t / 293.15) ** -0.5
    frn *= 9 + 280 * h * math.exp(-4.17 * ((t / 293.15) ** (-1 / 3) - 1))
    oxygen = 0.01275 * math.exp(-2239.1 / t) / (fro + f * f / fro)
    nitrogen = 0.1068 * math.exp(-3352 / t) / (frn + f * f / frn)
    classical = 1.84e-11 / p * (t / 293.15) ** 0.5
    return 8.686 * f * f * (classical + (t / 293.15) ** -2.5 * (oxygen + nitrogen))


def end_zone(band: int, h: float, g: float, dp: float) -> float:
    """Table 3, As and Ar."""
    if band == 0:
        return -1.5
    if band >= 5:
        return -1.5 * (1 - g)
    k = 1 - math.exp(-dp / 50)
    shape = [
        1.5
        + 3 * math.exp(-0.12 * (h - 5) ** 2) * k
        + 5.7 * math.exp(-0.09 * h * h) * (1 - math.exp(-2.8e-6 * dp * dp)),
        1.5 + 8.6 * math.exp(-0.09 * h * h) * k,
        1.5 + 14 * math.exp(-0.46 * h * h) * k,
        1.5 + 5 * math.exp(-0.9 * h * h) * k,
    ]
    return -1.5 + g * shape[band - 1]


def ground(band: int, hs: float, hr: float, dp: float, factors: Sequence[float]) -> float:
    """Agr, general method; factors: source zone, middle, receiver zone."""
    gs, gm, gr = factors
    q = 0.0 if dp <= 30 * (hs + hr) else 1 - 30 * (hs + hr) / dp
    middle = -3 * q if band == 0 else -3 * q * (1 - gm)
    return end_zone(band, hs, gs, dp) + end_zone(band, hr, gr, dp) + middle


def hull(points: list[Point]) -> list[Point]:
    """Upper hull by the monotone chain, left to right."""
    chain: list[Point] = []
    for point in sorted(points):
        while len(chain) >= 2:
            (ax, ay), (bx, by) = chain[-2:]
            if (bx - ax) * (point[1] - ay) - (by - ay) * (point[0] - ax) < 0:
                break
            chain.pop()
        chain.append(point)
    return chain


def around(start: Point, end: Point, corners: list[Point]) -> list[Point]:
    """From start to end along the convex hull of all points; start–end is one of its edges."""
    points = [start, end, *corners]
    upper = hull(points)
    lower = [(x, -y) for x, y in hull([(x, -y) for x, y in points])]
    ring = upper + lower[-2:0:-1]  # clockwise
    at = ring.index(start)
    ring = ring[at:] + ring[:at]
    return ring if ring[-1] == end else [start, *ring[:0:-1]]


def legs(chain: list[Point]) -> list[float]:
    return [math.dist(a, b) for a, b in pairwise(chain)]


def dz(band: int, z: float, e: float, kmet: float) -> float:
    """Formulas (14), (15)."""
    wavelength = 340 / MIDBANDS[band]
    c3 = 1.0 if e == 0 else (1 + (5 * wavelength / e) ** 2) / (1 / 3 + (5 * wavelength / e) ** 2)
    return 10 * math.log10(max(3 + 20 / wavelength * c3 * z * kmet, 1))


def crossing(
    s: Sequence[float], r: Sequence[float], a: Sequence[float], b: Sequence[float]
) -> tuple[float, float] | None:
    """Where segment s–r meets segment a–b in plan: shares of both, or None."""
    det = (r[0] - s[0]) * (b[1] - a[1]) - (r[1] - s[1]) * (b[0] - a[0])
    if det == 0:
        return None
    t = ((a[0] - s[0]) * (b[1] - a[1]) - (a[1] - s[1]) * (b[0] - a[0])) / det
    u = ((a[0] - s[0]) * (r[1] - s[1]) - (a[1] - s[1]) * (r[0] - s[0])) / det
    return (t, u) if 0 < t < 1 and -1e-9 <= u <= 1 + 1e-9 else None


def barrier(
    band: int,
    s: Sequence[float],
    r: Sequence[float],
    outlines: Sequence[Sequence[Sequence[float]]],
    agr: float,
) -> float:
    """Abar of obstacles given as outlines of (x, y, top)."""
    dp = math.hypot(r[0] - s[0], r[1] - s[1])
    d = math.dist(s, r)
    met: list[Point] = []
    cutting: list[Sequence[Sequence[float]]] = []
    highest = 0.0
    for outline in outlines:
        cuts = False
        for a, b in pairwise(outline):
            if (at := crossing(s, r, a, b)) is not None:
                top = a[2] + at[1] * (b[2] - a[2])
                met.append((at[0] * dp, top))
                over = top - (s[2] + at[0] * (r[2] - s[2]))
                highest = max(highest, over * dp / d)
                cuts = cuts or over > 0
        if cuts:
            cutting.append(outline)
    if not met:
        return 0.0
    if not cutting:
        ways = [math.dist((0, s[2]), p) + math.dist(p, (dp, r[2])) - d for p in met]
        return max(0.0, min(dz(band, -min(ways), 0, 1.0), 20) - max(agr, 0))
    chain = hull([(0.0, s[2]), *met, (dp, r[2])])
    lengths = legs(chain)
    z, e = sum(lengths) - d, sum(lengths[1:-1])
    kmet = math.exp(-math.sqrt(lengths[0] * lengths[-1] * d / (2 * z)) / 2000)
    over = min(dz(band, z, e, kmet), 25 if len(lengths) > 2 else 20) - max(agr, 0)
    energy = 10 ** (-max(over, 0) / 10)
    ux, uy = (r[0] - s[0]) / dp, (r[1] - s[1]) / dp
    for sign in (1, -1):
        corners = [
            (
                (p[0] - s[0]) * ux + (p[1] - s[1]) * uy,
                sign * ((p[1] - s[1]) * ux - (p[0] - s[0]) * uy),
            )
            for outline in cutting
            for p in outline
        ]
        side = [p for p in corners if p[1] > 0]
        if side and max(y for _, y in side) <= 8 * highest:
            lengths = legs(around((0.0, 0.0), (dp, 0.0), side))
            z = math.hypot(sum(lengths), r[2] - s[2]) - d
            energy += 10 ** (-dz(band, z, sum(lengths[1:-1]), 1.0) / 10)
    return max(0.0, -10 * math.log10(energy))


def level(
    band: int,
    s: Sequence[float],
    r: Sequence[float],
    *,
    g: float,
    outlines: Sequence[Sequence[Sequence[float]]] = (),
    air: tuple[float, float, float] = (10.0, 70.0, 101.325),
    lw: float = 100.0,
) -> float:
    """Downwind level over even ground at z = 0 of one factor."""
    d = math.dist(s, r)
    dp = math.hypot(r[0] - s[0], r[1] - s[1])
    agr = ground(band, s[2], r[2], dp, (g, g, g))
    total = 20 * math.log10(d) + 11 + alpha(band, *air) * d + agr
    return lw - total - barrier(band, s, r, outlines, agr)
