import { expect, it } from 'vitest'
import { enhanceRelativeTimes } from './relative_time'

it('shows how long ago, and keeps the exact Beijing time in the title', () => {
  document.body.innerHTML = `<time data-relative datetime="2026-01-01T08:00:00+08:00">x</time>
    <time datetime="2026-01-01T08:00:00+08:00">2026-01-01 08:00:00</time>`
  enhanceRelativeTimes(document)
  const [relative, absolute] = document.querySelectorAll('time')
  expect(relative?.title).toBe('2026-01-01 08:00:00')
  expect(relative?.textContent).toMatch(/ 天前$/)
  expect(absolute?.textContent).toBe('2026-01-01 08:00:00')
})

it('leaves a time alone that it cannot read', () => {
  document.body.innerHTML = '<time data-relative datetime="soon">稍后</time>'
  enhanceRelativeTimes(document)
  expect(document.querySelector('time')?.textContent).toBe('稍后')
})
