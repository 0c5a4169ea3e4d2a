import { beforeEach, expect, it, vi } from 'vitest'
import { queryOf, watchFilters } from './filters'

let form: HTMLFormElement
beforeEach(() => {
  document.body.innerHTML = `<form id="filters">
    <input type="hidden" name="csrfmiddlewaretoken" value="secret">
    <input name="q" value=""><select name="town"><option value="">全部</option>
      <option value="x">小榄</option></select>
    <input type="checkbox" name="state" value="exceeding" checked>
    <input type="checkbox" name="state" value="offline"></form>`
  form = document.querySelector('form') as HTMLFormElement
})

it('asks what the form asks: every ticked box, no empty field, no token', () => {
  expect(queryOf(form)).toBe('state=exceeding')
  form.querySelector<HTMLInputElement>('[value="offline"]')!.checked = true
  form.querySelector<HTMLInputElement>('[name="q"]')!.value = '污水厂'
  expect(new URLSearchParams(queryOf(form)).getAll('state')).toEqual(['exceeding', 'offline'])
  expect(new URLSearchParams(queryOf(form)).get('q')).toBe('污水厂')
})

it('tells the present query at once and each change of it once', () => {
  vi.useFakeTimers()
  const asked: string[] = []
  const stop = watchFilters(form, (query) => asked.push(query))
  const search = form.querySelector<HTMLInputElement>('[name="q"]')!
  for (const text of ['c', 'co', 'cod']) {
    search.value = text
    search.dispatchEvent(new Event('input', { bubbles: true }))
  }
  vi.advanceTimersByTime(400)
  form.dispatchEvent(new Event('change'))
  expect(asked).toEqual(['state=exceeding', 'q=cod&state=exceeding'])
  stop()
  search.value = 'later'
  form.dispatchEvent(new Event('change'))
  expect(asked).toHaveLength(2)
  vi.useRealTimers()
})
