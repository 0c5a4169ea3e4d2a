import { beforeEach, expect, it } from 'vitest'
import { enhanceListKeys } from './list_keys'

beforeEach(() => {
  document.body.innerHTML = `<div data-list-keys>
    <a data-open-point href="#1">1</a><a data-open-point href="#2">2</a>
    <a data-open-point href="#3">3</a></div>`
  enhanceListKeys(document)
  document.querySelector<HTMLElement>('a')?.focus()
})

function press(key: string): string {
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
  return document.activeElement?.textContent ?? ''
}

it('walks down and up and stops at the ends', () => {
  expect(press('ArrowDown')).toBe('2')
  expect(press('ArrowUp')).toBe('1')
  expect(press('ArrowUp')).toBe('1')
  expect(press('End')).toBe('3')
  expect(press('ArrowDown')).toBe('3')
  expect(press('Home')).toBe('1')
})

it('leaves every other key to the browser', () => {
  expect(press('PageDown')).toBe('1')
})
