import { beforeEach, expect, it } from 'vitest'
import { hear } from '../live/events'
import { enhanceDrawer } from './drawer'

beforeEach(() => {
  document.body.innerHTML = `<a id="row" href="#">甲</a>
    <aside class="drawer" hidden><button data-drawer-close>关闭</button>
      <div id="drawer-body"></div></aside>`
  enhanceDrawer(document)
})

const drawer = (): HTMLElement => document.querySelector('.drawer') as HTMLElement
const body = (): HTMLElement => document.getElementById('drawer-body') as HTMLElement

function bring(html: string): void {
  const row = document.getElementById('row') as HTMLElement
  row.focus()
  row.dispatchEvent(
    new CustomEvent('htmx:beforeRequest', { bubbles: true, detail: { target: body() } }),
  )
  body().innerHTML = html
  body().dispatchEvent(new CustomEvent('htmx:afterSwap', { bubbles: true }))
}

it('opens when a fragment arrives and puts the focus on its heading', () => {
  bring('<h2>甲排口</h2>')
  expect(drawer().hidden).toBe(false)
  expect(document.activeElement?.textContent).toBe('甲排口')
})

it('gives the focus back where it came from when it closes', () => {
  bring('<h2>甲排口</h2>')
  document.querySelector<HTMLElement>('[data-drawer-close]')?.click()
  expect(drawer().hidden).toBe(true)
  expect(document.activeElement?.id).toBe('row')
})

it('closes on Escape and tells that nothing is chosen any more', () => {
  const chosen: (string | null)[] = []
  hear('zhihuan:select', ({ code }) => chosen.push(code))
  bring('<h2>甲排口</h2>')
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))
  expect(drawer().hidden).toBe(true)
  expect(chosen).toEqual([null])
})
