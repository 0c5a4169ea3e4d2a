import { beforeEach, expect, it, vi } from 'vitest'
import { enhanceArrivals } from './arrival'

beforeEach(() => {
  vi.useFakeTimers()
  document.body.innerHTML = '<div id="announcer"></div><div id="part"></div>'
  return () => vi.useRealTimers()
})

it('gives the focus to the summary of a refused form', () => {
  document.body.insertAdjacentHTML('beforeend', '<div id="sum" tabindex="-1" data-focus-first></div>')
  enhanceArrivals(document)
  expect(document.activeElement?.id).toBe('sum')
})

it('says the count of a list that arrives, not of one that was there from the first', () => {
  const part = document.getElementById('part') as HTMLElement
  part.innerHTML = '<p data-announce>共 3 条</p>'
  enhanceArrivals(document)
  vi.runAllTimers()
  expect(document.getElementById('announcer')?.textContent).toBe('')
  part.innerHTML = '<p data-announce>共 5 条</p>'
  enhanceArrivals(part)
  vi.runAllTimers()
  expect(document.getElementById('announcer')?.textContent).toBe('共 5 条')
})
