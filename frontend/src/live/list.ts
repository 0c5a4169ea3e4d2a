/**
 * The list beside the map: follows the stream in place and the selection both ways.
 *
 *   <tr data-point="CODE" data-state="normal"> with cells [data-cell=state|headline|lastSeen]
 *   and a link [data-open-point]; any other [data-point] (the drawer) follows the stream too
 *
 * It never adds, drops or re-sorts rows under a reader's eyes: that is the server's list, and
 * the reader's next query brings it.
 */
import { showRelative } from '../behaviours/relative_time'
import htmx from '../page/htmx'
import { firstTime } from '../page/once'
import { isoText } from '../text/beijing'
import { hear, tell } from './events'
import type { PointColumns } from './points'
import { stateName } from './states'

let selected: string | null = null

export function enhanceLiveList(root: ParentNode): void {
  for (const row of firstTime(root, 'tr[data-point]', 'live-list')) {
    showSelected(row)
    const code = row.dataset['point'] ?? ''
    row.addEventListener('mouseenter', () => tell('zhihuan:point-at', { code, by: 'list' }))
    row.addEventListener('mouseleave', () => tell('zhihuan:point-at', { code: null, by: 'list' }))
    row.addEventListener('focusin', () => tell('zhihuan:point-at', { code, by: 'list' }))
    row.querySelector('[data-open-point]')?.addEventListener('click', () => {
      tell('zhihuan:select', { code, by: 'list' })
    })
  }
}

hear('zhihuan:points', ({ columns }) => {
  for (const row of document.querySelectorAll<HTMLElement>('[data-point]')) follow(row, columns)
})

/** After a gap in the stream the rows may be stale: ask for the list as it is filtered now. */
hear('zhihuan:missed', () => {
  const list = document.getElementById('point-list')
  if (!list || list.contains(document.activeElement)) return
  const { pathname, search } = window.location
  void htmx.ajax('get', pathname + search, { target: list, swap: 'outerHTML' })
})

hear('zhihuan:select', ({ code, by }) => {
  selected = code
  for (const row of document.querySelectorAll<HTMLElement>('tr[data-point]')) showSelected(row)
  if (by === 'map' && code) rowOf(code)?.scrollIntoView({ block: 'nearest' })
})

hear('zhihuan:point-at', ({ code, by }) => {
  if (by !== 'map') return
  for (const row of document.querySelectorAll('tr[data-point].is-pointed')) {
    row.classList.remove('is-pointed')
  }
  if (code) rowOf(code)?.classList.add('is-pointed')
})

function rowOf(code: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`tr[data-point="${CSS.escape(code)}"]`)
}

function showSelected(row: HTMLElement): void {
  if (row.dataset['point'] === selected) row.setAttribute('aria-current', 'true')
  else row.removeAttribute('aria-current')
}

function follow(row: HTMLElement, columns: PointColumns): void {
  const at = columns.code.indexOf(row.dataset['point'] ?? '')
  if (at < 0) return
  const state = columns.state[at] ?? 'offline'
  if (row.dataset['state'] !== state) row.classList.add('is-changed')
  row.dataset['state'] = state
  const badge = row.querySelector<HTMLElement>('[data-cell="state"] .state')
  if (badge) {
    badge.dataset['state'] = state
    badge.textContent = stateName(state)
  }
  const headline = row.querySelector('[data-cell="headline"]')
  if (headline) headline.textContent = columns.headline[at] || '—'
  followTime(row.querySelector('[data-cell="lastSeen"] time'), columns.lastSeen[at] ?? null)
}

function followTime(time: HTMLTimeElement | null, lastSeen: number | null): void {
  if (!time || lastSeen === null) return
  time.dateTime = isoText(lastSeen)
  showRelative(time)
}
