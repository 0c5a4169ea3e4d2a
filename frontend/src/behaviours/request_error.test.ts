import { beforeEach, expect, it } from 'vitest'
import { enhanceRequestErrors } from './request_error'

beforeEach(() => {
  document.body.innerHTML = ''
  enhanceRequestErrors(document)
})

it('says what failed and what to do, where it is seen and read aloud', () => {
  document.dispatchEvent(
    new CustomEvent('htmx:responseError', { detail: { xhr: { status: 503 } } }),
  )
  const box = document.querySelector('[role="alert"]')
  expect(box?.textContent).toContain('503')
  expect(box?.textContent).toContain('稍后再试')
})

it('shows one message at a time, and it can be put away', () => {
  document.dispatchEvent(new CustomEvent('htmx:sendError'))
  document.dispatchEvent(new CustomEvent('htmx:sendError'))
  expect(document.querySelectorAll('[role="alert"]')).toHaveLength(1)
  document.querySelector<HTMLElement>('[role="alert"] button')?.click()
  expect(document.querySelector('[role="alert"]')).toBeNull()
})

it('never puts a login form into a drawer', () => {
  const detail = {
    xhr: { responseURL: 'http://localhost:3000/accounts/login/?next=/live/' },
    shouldSwap: true,
  }
  document.dispatchEvent(new CustomEvent('htmx:beforeSwap', { detail }))
  expect(detail.shouldSwap).toBe(false)
})
