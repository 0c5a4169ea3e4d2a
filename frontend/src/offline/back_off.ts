/** How long to wait before trying again [ms]: doubled each time, scattered, five minutes at most. */
const FIRST_MS = 2000
const MOST_MS = 300_000

export function waitMs(failures: number, random: () => number = Math.random): number {
  const full = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures, 16))
  return Math.round(full / 2 + (full / 2) * random())
}
