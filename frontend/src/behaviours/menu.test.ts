import { beforeEach, expect, it } from 'vitest'
import { enhanceMenus } from './menu'

const MENU = (id: string) =>
  `<details id="${id}" data-menu><summary>${id}</summary><a href="#">in ${id}</a></details>`

beforeEach(() => {
  document.body.innerHTML = `${MENU('one')}${MENU('two')}<p id="away">away</p>`
  enhanceMenus(document)
})

function menu(id: string): HTMLDetailsElement {
  return document.getElementById(id) as HTMLDetailsElement
}

function open(id: string): void {
  menu(id).open = true
  menu(id).dispatchEvent(new Event('toggle'))
}

it('has one menu open at a time', () => {
  open('one')
  open('two')
  expect([menu('one').open, menu('two').open]).toEqual([false, true])
})

it('closes on Escape and gives the focus back to what opened it', () => {
  open('one')
  menu('one').querySelector('a')?.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }),
  )
  expect(menu('one').open).toBe(false)
  expect(document.activeElement?.textContent).toBe('one')
})

it('closes on a click elsewhere, not on one inside', () => {
  open('one')
  menu('one').querySelector('a')?.click()
  expect(menu('one').open).toBe(true)
  document.getElementById('away')?.click()
  expect(menu('one').open).toBe(false)
})
