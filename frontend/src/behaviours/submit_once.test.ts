import { expect, it, vi } from 'vitest'
import { enhanceOnce } from './submit_once'

it('sends an order once and wakes when the answer is there', () => {
  vi.useFakeTimers()
  document.body.innerHTML = `<form data-submit-once><button type="submit">下达</button>
    <button type="button">取消</button></form>`
  enhanceOnce(document)
  const form = document.querySelector('form') as HTMLFormElement
  const submit = (): boolean => form.dispatchEvent(new Event('submit', { cancelable: true }))
  expect(submit()).toBe(true)
  expect(submit()).toBe(false)
  vi.runAllTimers()
  const [order, cancel] = document.querySelectorAll('button')
  expect(order?.disabled).toBe(true)
  expect(cancel?.disabled).toBe(false)
  form.dispatchEvent(new CustomEvent('htmx:afterRequest'))
  expect(order?.disabled).toBe(false)
  expect(submit()).toBe(true)
  vi.useRealTimers()
})
