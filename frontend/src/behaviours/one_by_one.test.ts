import { beforeEach, expect, it, vi } from 'vitest'
import { enhanceOneByOne } from './one_by_one'

let narrow = true

beforeEach(() => {
  narrow = true
  vi.stubGlobal('matchMedia', () => ({ matches: narrow, addEventListener: () => undefined }))
  draw()
})

function draw(): void {
  document.body.innerHTML = `<form><a id="to" href="#id_last">x</a><div data-one-by-one>
    <div data-question="checks"><fieldset data-question="a"><input name="a"></fieldset><fieldset data-question="b"><input name="b"></fieldset></div>
    <div data-question="refuses"><input type="radio" name="refuses" value="no"><input type="radio" name="refuses" value="yes"></div>
    <div data-question="why" data-shown-when="refuses=yes"><input name="why"></div>
    <div data-question="last"><input name="last" id="id_last" required></div>
  </div><p class="form-acts"><button type="submit"></button></p></form>`
  enhanceOneByOne(document)
}

const shown = (): (string | undefined)[] =>
  [...document.querySelectorAll<HTMLElement>('[data-question]')].filter((each) => !each.hidden).map((each) => each.dataset.question)
const press = (number: number): void => document.querySelectorAll<HTMLButtonElement>('.one-by-one button')[number]!.click()
const submit = (): HTMLButtonElement => document.querySelector('.form-acts button')!

function answer(value: string): void {
  const radio = document.querySelector<HTMLInputElement>(`[name=refuses][value=${value}]`)!
  radio.checked = true
  radio.dispatchEvent(new Event('change', { bubbles: true }))
}

it('asks one question a screen, items of a checklist too', () => {
  expect(shown()).toEqual(['checks', 'a'])
  press(1)
  expect(shown()).toEqual(['checks', 'b'])
  press(1)
  expect(shown()).toEqual(['refuses'])
  press(0)
  expect(shown()).toEqual(['checks', 'b'])
})

it('leaves out what an answer made needless, and asks it when needed', () => {
  press(1)
  press(1)
  answer('no')
  press(1)
  expect(shown()).toEqual(['last'])
  press(0)
  answer('yes')
  press(1)
  expect(shown()).toEqual(['why'])
})

it('offers to send at the last question', () => {
  expect(submit().hidden).toBe(true)
  press(1)
  press(1)
  press(1)
  expect(shown()).toEqual(['last'])
  expect(submit().hidden).toBe(false)
})

it('begins with what the server found wrong', () => {
  document.body.innerHTML = `<form><div data-one-by-one><div data-question="a"><input name="a"></div>
    <div data-question="b"><p class="field-error"></p><input name="b"></div></div></form>`
  enhanceOneByOne(document)
  expect(shown()).toEqual(['b'])
})

it('brings what the browser finds wrong to the screen', () => {
  document.querySelector('[name=last]')!.dispatchEvent(new Event('invalid', { cancelable: true }))
  expect(shown()).toEqual(['last'])
})

it('follows a link of the error summary', () => {
  document.querySelector<HTMLElement>('#to')!.click()
  expect(shown()).toEqual(['last'])
})

it('leaves a form alone whose questions are carried unseen', () => {
  document.body.innerHTML = `<form><div hidden><div data-one-by-one><div data-question="a"><input name="a"></div>
    <div data-question="b"><input name="b"></div></div></div><p class="form-acts"><button type="submit"></button></p></form>`
  enhanceOneByOne(document)
  expect(submit().hidden).toBe(false)
  expect(document.querySelector('.one-by-one')).toBeNull()
})

it('can show everything', () => {
  press(2)
  expect(shown()).toEqual(['checks', 'a', 'b', 'refuses', 'last'])
  expect(submit().hidden).toBe(false)
})

it('shows everything at a desk but what is needless', () => {
  narrow = false
  draw()
  expect(shown()).toEqual(['checks', 'a', 'b', 'refuses', 'last'])
  answer('yes')
  expect(shown()).toContain('why')
})

it('keeps every answer in the form, on the screen or not', () => {
  document.querySelector<HTMLInputElement>('[name=b]')!.value = 'kept'
  press(1)
  press(1)
  expect(new FormData(document.querySelector('form')!).get('b')).toBe('kept')
})

it('prints every question that was asked, and goes back to the screen afterwards', () => {
  press(1)
  window.dispatchEvent(new Event('beforeprint'))
  expect(shown()).toEqual(['checks', 'a', 'b', 'refuses', 'last'])
  window.dispatchEvent(new Event('afterprint'))
  expect(shown()).toEqual(['checks', 'b'])
})
