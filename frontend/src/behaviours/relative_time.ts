/**
 * Shows how long ago something was, and the exact time in its title.
 *
 *   <time datetime="2026-11-23T10:00:00+08:00" data-relative>2026-11-23 10:00:00</time>
 */
import { firstTime } from '../page/once'
import { epochSeconds, secondText } from '../text/beijing'
import { agoText } from '../text/duration'

const REFRESH_SECONDS = 20
let timer: number | undefined

export function enhanceRelativeTimes(root: ParentNode): void {
  for (const time of firstTime(root, 'time[data-relative]', 'relative-time')) {
    showRelative(time as HTMLTimeElement)
  }
  timer ??= window.setInterval(refresh, REFRESH_SECONDS * 1000)
}

export function showRelative(time: HTMLTimeElement): void {
  const at = epochSeconds(time.dateTime)
  if (at === null) return
  time.title = secondText(at)
  time.textContent = agoText(Date.now() / 1000 - at)
}

function refresh(): void {
  if (document.hidden) return
  for (const time of document.querySelectorAll<HTMLTimeElement>('time[data-relative]')) {
    showRelative(time)
  }
}
