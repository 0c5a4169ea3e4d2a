/**
 * Shows whether the page is live and when its data last changed; opens the stream.
 *
 *   <div id="connection" data-stream-url="/live/stream" role="status">
 *     <span data-connection-state>未连接</span> 最后更新 <time data-last-updated>10:00:00</time>
 *   </div>
 *
 * Also keeps every `[data-count="exceeding"]` on the page at the stream's figure.
 */
import { firstTime } from '../page/once'
import { clockText, epochSeconds, isoText } from '../text/beijing'
import { countText } from '../text/number'
import { hear, type ConnectionState } from './events'
import type { StateCounts } from './points'
import { LiveStream } from './stream'
import { words } from '../text/words'

export function enhanceStream(root: ParentNode): void {
  for (const element of firstTime(root, '[data-stream-url]', 'stream')) {
    hear('zhihuan:connection', ({ state }) => showConnection(element, state))
    hear('zhihuan:as-of', (asOf) => showUpdated(element, asOf))
    hear('zhihuan:points', ({ asOf, counts }) => {
      showUpdated(element, asOf)
      showCounts(counts)
    })
    const stream = new LiveStream(element.dataset['streamUrl'] ?? '')
    stream.open()
    window.addEventListener('pagehide', () => stream.close())
    window.addEventListener('pageshow', (event) => event.persisted && stream.open())
  }
}

function showConnection(element: HTMLElement, state: ConnectionState): void {
  if (element.dataset['connection'] === state) return
  element.dataset['connection'] = state
  const text = element.querySelector('[data-connection-state]')
  if (text) text.textContent = words().connection[state]
}

function showUpdated(element: HTMLElement, asOf: string): void {
  const time = element.querySelector<HTMLTimeElement>('[data-last-updated]')
  const at = epochSeconds(asOf)
  if (!time || at === null) return
  time.dateTime = isoText(at)
  time.textContent = clockText(at)
}

export function showCounts(counts: StateCounts): void {
  for (const element of document.querySelectorAll<HTMLElement>('[data-count]')) {
    const count = counts[element.dataset['count'] as keyof StateCounts]
    if (count !== undefined) element.textContent = countText(count)
  }
}
