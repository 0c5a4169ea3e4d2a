import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { enhanceSessionEnd, warningSeconds } from './session_end'

const page = (used: string): string => `<form method="post"><input name="csrfmiddlewaretoken" value="old"><input name="why" value="typed">
  <button>send</button></form>
  <dialog data-session-end data-stage="near" data-left="1800" data-idle="1800" data-who="7"
    data-left-url="/left" data-used-url="${used}"><p data-when="near"><strong data-session-countdown></strong></p>
    <button class="btn" data-when="near" data-session-stay>stay</button>
    <button class="btn" data-when="over" data-session-again>again</button>
    <p data-when="other">other</p></dialog>`

let told: { left: number; who?: string; token?: string }
let asked: string[]
let used: string
let pages = 0

beforeEach(() => {
  vi.useFakeTimers()
  // pages of earlier tests still listen to the document: this one has an address of its own
  used = `/used/${(pages += 1)}`
  document.body.innerHTML = page(used)
  document.body.setAttribute('hx-headers', '{"X-CSRFToken": "old"}')
  told = { left: 1800, who: '7', token: 'new' }
  asked = []
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url)
    return { ok: true, json: async () => told }
  })
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true
  }
  HTMLDialogElement.prototype.close = function () {
    this.open = false
  }
  enhanceSessionEnd(document)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const dialog = (): HTMLDialogElement => document.querySelector('dialog') as HTMLDialogElement
const stage = (): string | undefined => (dialog().open ? dialog().dataset['stage'] : undefined)
const key = (): string | undefined => document.querySelector<HTMLInputElement>('[name=csrfmiddlewaretoken]')?.value
const minutes = (count: number): Promise<unknown> => vi.advanceTimersByTimeAsync(count * 60_000)

it('warns elders earlier, and of a short session not from its first minute', () => {
  expect([warningSeconds(1800, false), warningSeconds(1800, true)]).toEqual([120, 300])
  expect([warningSeconds(60, false), warningSeconds(60, true)]).toEqual([20, 30])
})

it('says nothing while another page of the same session is in use', async () => {
  await minutes(29)
  expect(asked).toContain('/left')
  expect(stage()).toBeUndefined()
})

it('warns before the end, counting down, and goes on with one key', async () => {
  told.left = 90
  await minutes(28.1)
  expect(stage()).toBe('near')
  const first = dialog().querySelector('[data-session-countdown]')?.textContent
  await vi.advanceTimersByTimeAsync(2000)
  expect(dialog().querySelector('[data-session-countdown]')?.textContent).not.toBe(first)
  told.left = 1800
  dialog().querySelector<HTMLElement>('[data-session-stay]')?.click()
  await vi.advanceTimersByTimeAsync(10)
  expect(asked.at(-1)).toBe(used)
  expect(stage()).toBeUndefined()
})

it('tells that somebody works, once a minute', async () => {
  const press = (): boolean => document.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }))
  await minutes(2)
  for (let times = 0; times < 5; times += 1) press()
  await vi.advanceTimersByTimeAsync(10)
  expect(asked.filter((url) => url === used)).toHaveLength(1)
})

it('covers the page at the end, keeps what was typed, and goes on after signing in again', async () => {
  told = { left: 0 }
  await minutes(30.2)
  expect(stage()).toBe('over')
  const submit = new Event('submit', { bubbles: true, cancelable: true })
  document.querySelector('form')?.dispatchEvent(submit)
  expect(submit.defaultPrevented, 'a form sent now would be lost').toBe(true)
  told = { left: 1800, who: '7', token: 'new' }
  dialog().querySelector<HTMLElement>('[data-session-again]')?.click()
  await vi.advanceTimersByTimeAsync(10)
  expect(stage()).toBeUndefined()
  expect(key()).toBe('new')
  expect(document.body.getAttribute('hx-headers')).toContain('new')
  expect(document.querySelector<HTMLInputElement>('[name=why]')?.value).toBe('typed')
})

it('gives one person’s page to nobody else', async () => {
  told = { left: 1800, who: '8', token: 'new' }
  await minutes(29)
  expect(stage()).toBe('other')
})
