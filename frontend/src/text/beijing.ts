/**
 * Beijing wall-clock time (UTC+8, no daylight saving) whatever zone the browser is in.
 * Instants are epoch seconds (UTC); texts are what officials write.
 */
const OFFSET_SECONDS = 8 * 3600

export interface WallClock {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
}

export function wallClock(epochSeconds: number): WallClock {
  const shifted = new Date((epochSeconds + OFFSET_SECONDS) * 1000)
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
  }
}

const two = (n: number): string => String(n).padStart(2, '0')

export function dateText(epochSeconds: number): string {
  const at = wallClock(epochSeconds)
  return `${at.year}-${two(at.month)}-${two(at.day)}`
}

export function minuteText(epochSeconds: number): string {
  const at = wallClock(epochSeconds)
  return `${dateText(epochSeconds)} ${two(at.hour)}:${two(at.minute)}`
}

export function secondText(epochSeconds: number): string {
  return `${minuteText(epochSeconds)}:${two(wallClock(epochSeconds).second)}`
}

export function clockText(epochSeconds: number): string {
  return secondText(epochSeconds).slice(11)
}

/** ISO 8601 with Beijing's offset: what the server's `from` and `to` ask for. */
export function isoText(epochSeconds: number): string {
  return `${secondText(epochSeconds).replace(' ', 'T')}+08:00`
}

export function epochSeconds(iso: string): number | null {
  const milliseconds = Date.parse(iso)
  return Number.isNaN(milliseconds) ? null : Math.round(milliseconds / 1000)
}
