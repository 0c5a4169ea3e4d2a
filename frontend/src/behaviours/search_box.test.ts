import { beforeEach, expect, it } from 'vitest'
import { enhanceSearchBoxes } from './search_box'

beforeEach(() => {
  document.body.innerHTML = `<form><input type="search" id="q" data-search-box data-options="found">
    <div id="found" role="listbox" hidden></div></form><p id="away" tabindex="0">away</p>`
  enhanceSearchBoxes(document)
  box().focus()
})

const box = () => document.getElementById('q') as HTMLInputElement
const found = () => document.getElementById('found') as HTMLElement

function arrive(count: number): void {
  box().value = '印染'
  found().innerHTML = Array.from(
    { length: count },
    (_, n) => `<a role="option" id="o${n}" aria-selected="false" href="#${n}">${n}</a>`,
  ).join('')
  found().dispatchEvent(new Event('htmx:afterSwap'))
}

function press(key: string, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
  document.activeElement?.dispatchEvent(event)
  return event
}

const active = () => box().getAttribute('aria-activedescendant')

it('opens when options arrive and says so', () => {
  expect(box().getAttribute('aria-expanded')).toBe('false')
  arrive(2)
  expect(found().hidden).toBe(false)
  expect(box().getAttribute('aria-expanded')).toBe('true')
  expect(box().getAttribute('role')).toBe('combobox')
})

it('stays closed when nothing arrives or the box is empty', () => {
  arrive(0)
  expect(found().hidden).toBe(true)
})

it('walks the options and comes back to the box at either end', () => {
  arrive(2)
  const walked = ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp'].map((key) => {
    press(key)
    return active()
  })
  expect(walked).toEqual(['o0', 'o1', null, 'o1', 'o0'])
  expect(found().querySelectorAll('[aria-selected="true"]').length).toBe(1)
})

it('opens the chosen option on Enter, and sends the form when none is chosen', () => {
  arrive(2)
  expect(press('Enter').defaultPrevented).toBe(false)
  let opened = ''
  found().addEventListener('click', (event) => {
    event.preventDefault()
    opened = (event.target as HTMLElement).id
  })
  press('ArrowDown')
  expect(press('Enter').defaultPrevented).toBe(true)
  expect(opened).toBe('o0')
})

it('leaves Enter and arrows to whoever still composes Chinese', () => {
  arrive(2)
  expect(press('ArrowDown', { isComposing: true }).defaultPrevented).toBe(false)
  expect(active()).toBe(null)
})

it('closes on Escape and keeps what was typed', () => {
  arrive(2)
  press('ArrowDown')
  press('Escape')
  expect(found().hidden).toBe(true)
  expect(active()).toBe(null)
  expect(box().value).toBe('印染')
})

it('is reached by a slash, but not out of another field', () => {
  document.getElementById('away')?.focus()
  expect(press('/').defaultPrevented).toBe(true)
  expect(document.activeElement).toBe(box())
  expect(press('/').defaultPrevented).toBe(false)
})
