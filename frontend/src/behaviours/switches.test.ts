import { beforeEach, expect, it, vi } from 'vitest'
import { choice } from '../page/cookie'
import { enhanceElderSwitch } from './elder_switch'
import { enhanceThemeSwitch } from './theme_switch'
import { enhanceViewSwitch } from './view_switch'

beforeEach(() => {
  document.documentElement.removeAttribute('data-bs-theme')
  document.documentElement.removeAttribute('data-mode')
})

const press = (selector: string): void => document.querySelector<HTMLElement>(selector)?.click()

it('the theme switch turns the page dark and remembers it for the server', () => {
  document.body.innerHTML = '<form><button data-theme-switch>深色</button></form>'
  enhanceThemeSwitch(document)
  const button = document.querySelector('button') as HTMLButtonElement
  const sent = vi.fn()
  document.querySelector('form')?.addEventListener('submit', sent)
  press('button')
  expect(document.documentElement.dataset['bsTheme']).toBe('dark')
  expect(choice('zhihuan_theme')).toBe('dark')
  expect(button.textContent).toBe('浅色')
  press('button')
  expect(choice('zhihuan_theme')).toBe('light')
  expect(sent, 'the form is for browsers without scripts').not.toHaveBeenCalled()
})

it('the elder switch says whether it is on', () => {
  document.body.innerHTML = '<button data-elder-switch>长者模式</button>'
  enhanceElderSwitch(document)
  press('button')
  expect(document.documentElement.dataset['mode']).toBe('elder')
  expect(document.querySelector('button')?.getAttribute('aria-pressed')).toBe('true')
  expect(choice('zhihuan_mode')).toBe('elder')
  press('button')
  expect(document.documentElement.dataset['mode']).toBeUndefined()
  expect(choice('zhihuan_mode')).toBe('standard')
})

it('a behaviour given twice acts once', () => {
  document.body.innerHTML = '<button data-theme-switch hidden></button>'
  enhanceThemeSwitch(document)
  enhanceThemeSwitch(document)
  press('button')
  expect(document.documentElement.dataset['bsTheme']).toBe('dark')
})

it('the view switch shows one side at a time', () => {
  document.body.innerHTML = `<div data-view-switch="#live" hidden>
    <button data-view="list">列表</button><button data-view="map">地图</button></div>
    <div id="live" data-view="list"></div>`
  enhanceViewSwitch(document)
  press('[data-view="map"]')
  expect(document.getElementById('live')?.dataset['view']).toBe('map')
  expect(document.querySelector('button[data-view="map"]')?.getAttribute('aria-pressed')).toBe('true')
  expect(document.querySelector('button[data-view="list"]')?.getAttribute('aria-pressed')).toBe('false')
})
