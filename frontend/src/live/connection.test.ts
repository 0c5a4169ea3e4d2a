import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { enhanceStream } from './connection'
import { tell } from './events'

beforeEach(() => {
  vi.stubGlobal('EventSource', class extends EventTarget { close(): void {} })
  document.body.innerHTML = `<div data-stream-url="/live/stream">
    <span data-connection-state>静态页面</span><time data-last-updated>—</time></div>
    <strong data-count="exceeding">1</strong><strong data-count="total">9</strong>`
  enhanceStream(document)
})
afterEach(() => vi.unstubAllGlobals())

const text = (selector: string): string => document.querySelector(selector)?.textContent ?? ''

it('says in words whether the page is live', () => {
  expect(text('[data-connection-state]')).toBe('正在连接')
  tell('zhihuan:connection', { state: 'live', at: 0 })
  expect(text('[data-connection-state]')).toBe('实时')
  tell('zhihuan:connection', { state: 'lost', at: 0 })
  expect(text('[data-connection-state]')).toContain('正在重连')
})

it('shows when the data last changed, in Beijing time, and the new counts', () => {
  tell('zhihuan:points', {
    asOf: '2026-03-01T00:30:15Z',
    total: 12_000,
    counts: { exceeding: 1234, total: 12_000 },
    columns: {
      code: [], name: [], kind: [], town: [], lon: [], lat: [], state: [], lastSeen: [],
      headline: [],
    },
  })
  expect(text('[data-last-updated]')).toBe('08:30:15')
  expect(text('[data-count="exceeding"]')).toBe('1,234')
  expect(text('[data-count="total"]')).toBe('12,000')
})
