import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { enhanceToasts, STAYS_MS } from './toast'

const TOAST = (kind: string) =>
  `<div id="${kind}" data-toast data-kind="${kind}">x<button data-toast-close hidden></button></div>`

beforeEach(() => {
  vi.useFakeTimers()
  document.body.innerHTML = TOAST('success') + TOAST('danger')
  enhanceToasts(document)
})
afterEach(() => vi.useRealTimers())

it('lets good news go and keeps bad news', () => {
  vi.advanceTimersByTime(STAYS_MS + 1)
  expect(document.getElementById('success')).toBeNull()
  expect(document.getElementById('danger')).not.toBeNull()
})

it('is put away by its button', () => {
  document.querySelector<HTMLButtonElement>('#danger button')?.click()
  expect(document.getElementById('danger')).toBeNull()
})

it('does not go while somebody is on it', () => {
  const button = document.querySelector<HTMLButtonElement>('#success button')
  button?.focus()
  vi.spyOn(HTMLElement.prototype, 'matches').mockReturnValue(true)
  vi.advanceTimersByTime(STAYS_MS + 1)
  expect(document.getElementById('success')).not.toBeNull()
})
