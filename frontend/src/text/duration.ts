import { words } from './words'

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400

/** “3 分钟前”: how long ago, rounded down, never in the future (a fast clock reads 刚刚). */
export function agoText(seconds: number): string {
  if (seconds < MINUTE) return words().justNow
  if (seconds < HOUR) return words().minutesAgo(Math.floor(seconds / MINUTE))
  if (seconds < DAY) return words().hoursAgo(Math.floor(seconds / HOUR))
  return words().daysAgo(Math.floor(seconds / DAY))
}
