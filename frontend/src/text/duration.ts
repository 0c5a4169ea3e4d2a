const MINUTE = 60
const HOUR = 3600
const DAY = 86_400

/** “3 分钟前”: how long ago, rounded down, never in the future (a fast clock reads 刚刚). */
export function agoText(seconds: number): string {
  if (seconds < MINUTE) return '刚刚'
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} 分钟前`
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} 小时前`
  return `${Math.floor(seconds / DAY)} 天前`
}
