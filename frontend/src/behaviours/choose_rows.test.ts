import { beforeEach, expect, it } from 'vitest'
import { enhanceChoosing } from './choose_rows'

beforeEach(() => {
  document.body.innerHTML = `
    <form id="acts"><span data-chosen-count hidden></span><button>批量</button></form>
    <input type="checkbox" id="all" data-choose-all="acts" hidden>
    <input type="checkbox" id="a" name="row" value="1" form="acts">
    <input type="checkbox" id="b" name="row" value="2" form="acts">
    <input type="checkbox" id="other" name="row" value="3" form="elsewhere">`
  enhanceChoosing(document)
})

function box(id: string): HTMLInputElement {
  return document.getElementById(id) as HTMLInputElement
}

function tick(id: string, checked: boolean): void {
  box(id).checked = checked
  box(id).dispatchEvent(new Event('change'))
}

function told(): string | null | undefined {
  return document.querySelector('[data-chosen-count]')?.textContent
}

it('chooses all rows of its own list and no other', () => {
  tick('all', true)
  expect([box('a').checked, box('b').checked, box('other').checked]).toEqual([true, true, false])
  expect(told()).toBe('已选 2 条')
})

it('tells how many are chosen, and that some are', () => {
  tick('a', true)
  expect(told()).toBe('已选 1 条')
  expect([box('all').checked, box('all').indeterminate]).toEqual([false, true])
})

it('lets the acts rest while nothing is chosen', () => {
  const button = document.querySelector('button') as HTMLButtonElement
  expect(button.disabled).toBe(true)
  tick('b', true)
  expect(button.disabled).toBe(false)
})
