import { beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { startIslands } from './loader'

const stop = vi.fn()
const begun: string[] = []
const start = (element: HTMLElement) => {
  begun.push(element.id)
  if (element.dataset['broken']) throw new Error('no canvas')
  return { stop }
}

const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 20))
const find = (id: string): HTMLElement => document.getElementById(id) as HTMLElement

beforeAll(() => startIslands(document, { map: () => Promise.resolve({ start }) }))
beforeEach(() => {
  begun.length = 0
  stop.mockClear()
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})

function bring(html: string): void {
  document.body.innerHTML = `<div id="brought">${html}</div>`
  find('brought').dispatchEvent(new CustomEvent('htmx:load', { bubbles: true }))
}

it('starts the islands that a fragment brings, each once', async () => {
  bring('<div data-island="map" id="a"></div>')
  find('a').dispatchEvent(new CustomEvent('htmx:load', { bubbles: true }))
  await settle()
  expect(begun).toEqual(['a'])
})

it('keeps the fallback of an island that fails, and starts the others', async () => {
  bring(`<div data-island="map" data-broken="1" id="bad">备用列表</div>
    <div data-island="map" id="good"></div>`)
  await settle()
  expect(begun).toEqual(['bad', 'good'])
  expect(find('bad').textContent).toBe('备用列表')
  expect(find('bad').dataset['islandState']).toBe('failed')
})

it('frees an island that leaves, also one that was still starting', async () => {
  bring('<div data-island="map" id="a"></div>')
  await settle()
  find('a').dispatchEvent(new CustomEvent('htmx:beforeCleanupElement', { bubbles: true }))
  expect(stop).toHaveBeenCalledTimes(1)
  bring('<div data-island="map" id="b"></div>')
  find('b').remove()
  await settle()
  expect(stop).toHaveBeenCalledTimes(2)
})

it('names the islands there are when one is unknown', async () => {
  bring('<div data-island="globe"></div>')
  await settle()
  expect(console.error).toHaveBeenCalledWith(expect.stringContaining('map'))
})
