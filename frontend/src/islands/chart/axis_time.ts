/**
 * The time axis reads Beijing time in every browser: times go in shifted by Beijing's offset, and
 * the chart draws them as if they were UTC (`useUTC`).
 */
const SHIFT_SECONDS = 8 * 3600

/** A stretch of time in epoch seconds. */
export interface Span {
  from: number
  to: number
}

export const axisTime = (seconds: number): number => (seconds + SHIFT_SECONDS) * 1000
export const fromAxisTime = (milliseconds: number): number => milliseconds / 1000 - SHIFT_SECONDS
