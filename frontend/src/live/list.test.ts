import { beforeEach, expect, it, vi } from 'vitest'
import htmx from '../page/htmx'
import { hear, tell } from './events'
import { enhanceLiveList } from './list'
import type { PointsAnswer } from './points'

vi.mock('../page/htmx', () => ({ default: { ajax: vi.fn() } }))

beforeEach(() => {
  document.body.innerHTML = `<section id="point-list"><table><tbody>
    <tr data-point="A" data-state="normal">
      <td data-cell="state"><span class="state" data-state="normal">正常</span></td>
      <td><a data-open-point href="/live/points/A/">甲</a></td>
      <td data-cell="headline">COD 30</td>
      <td data-cell="lastSeen"><time data-relative datetime="2026-01-01T00:00:00+08:00"></time></td>
    </tr>
    <tr data-point="B" data-state="offline">
      <td data-cell="state"><span class="state" data-state="offline">离线</span></td>
      <td><a data-open-point href="/live/points/B/">乙</a></td>
      <td data-cell="headline">—</td><td data-cell="lastSeen">—</td>
    </tr></tbody></table></section>`
  enhanceLiveList(document)
})

const row = (code: string): HTMLElement =>
  document.querySelector<HTMLElement>(`tr[data-point="${code}"]`) as HTMLElement

function change(): PointsAnswer {
  return {
    asOf: '',
    total: 2,
    counts: {},
    columns: {
      code: ['A'], name: ['甲'], kind: [''], town: [''], lon: [0], lat: [0],
      state: ['exceeding'], lastSeen: [Math.floor(Date.now() / 1000)], headline: ['COD 99'],
    },
  }
}

it('follows the stream in word, shape and time', () => {
  tell('zhihuan:points', change())
  expect(row('A').dataset['state']).toBe('exceeding')
  expect(row('A').querySelector('.state')?.textContent).toBe('超标')
  expect(row('A').querySelector<HTMLElement>('.state')?.dataset['state']).toBe('exceeding')
  expect(row('A').querySelector('[data-cell="headline"]')?.textContent).toBe('COD 99')
  expect(row('A').querySelector('time')?.textContent).toBe('刚刚')
})

it('leaves a row alone that did not change', () => {
  const before = row('B').innerHTML
  tell('zhihuan:points', change())
  expect(row('B').innerHTML).toBe(before)
})

it('marks the chosen row and only that one', () => {
  tell('zhihuan:select', { code: 'A', by: 'map' })
  tell('zhihuan:select', { code: 'B', by: 'map' })
  expect(row('A').hasAttribute('aria-current')).toBe(false)
  expect(row('B').getAttribute('aria-current')).toBe('true')
  tell('zhihuan:select', { code: null, by: 'drawer' })
  expect(row('B').hasAttribute('aria-current')).toBe(false)
})

it('tells the map which row is pointed at, by mouse and by keyboard', () => {
  const pointed: (string | null)[] = []
  hear('zhihuan:point-at', ({ code }) => pointed.push(code))
  row('B').dispatchEvent(new MouseEvent('mouseenter'))
  row('A').dispatchEvent(new FocusEvent('focusin', { bubbles: true }))
  expect(pointed).toEqual(['B', 'A'])
})

it('is asked for anew when changes were missed, but not under a reader who is in it', () => {
  document.querySelector<HTMLElement>('[data-open-point]')?.focus()
  tell('zhihuan:missed', null)
  expect(htmx.ajax).not.toHaveBeenCalled()
  ;(document.activeElement as HTMLElement).blur()
  tell('zhihuan:missed', null)
  expect(htmx.ajax).toHaveBeenCalledTimes(1)
})
