/** As the server's ``round_beside``: what differs from a bound by less than this part of it lies on it. */
const SAME = 1e-9
const MOST_PLACES = 15

/** A measured value for people: fixed decimals of its factor, “—” when there is none. */
export function valueText(value: number | null | undefined, decimals: number): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '—'
  return value.toFixed(decimals)
}

/**
 * The same beside what it is compared with (NaN: nothing): more decimals where the rounded value would no longer lie
 * on its side of a bound, so that 0.502 beside a limit of 0.5 is not told as 0.50.
 */
export function valueBeside(
  value: number | null | undefined, bounds: readonly number[], decimals: number,
): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '—'
  const compared = bounds.filter((bound) => !Number.isNaN(bound))
  const keepsSides = (told: string): boolean =>
    compared.every((bound) => side(Number(told), bound) === side(value, bound))
  for (let places = decimals; places <= MOST_PLACES; places++) {
    const told = value.toFixed(places)
    if (keepsSides(told)) return told
  }
  return String(value)
}

/** -1 below, 0 on, 1 above. */
function side(value: number, bound: number): number {
  return Math.abs(value - bound) <= Math.abs(bound) * SAME ? 0 : Math.sign(value - bound)
}

/** 12345 -> “12,345”; counts only. */
export function countText(count: number): string {
  return count.toLocaleString('en-US')
}
