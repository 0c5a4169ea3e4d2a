import { beforeEach, expect, it } from 'vitest'
import { enhanceKeptFocus } from './keep_focus'

const LIST = '<section id="rows"><a href="/a/">甲</a><a href="/b/">乙</a><a id="own" href="/c/">丙</a></section>'

beforeEach(() => {
  document.body.innerHTML = `<a href="/b/">elsewhere</a><div>${LIST}</div>`
  enhanceKeptFocus(document)
})

function focusOn(words: string): void {
  const links = [...document.querySelectorAll<HTMLElement>('#rows a')]
  links.find((link) => link.textContent === words)?.focus()
}

/** What htmx does around a swap, in its order. */
function swap(anew: string): void {
  const target = document.getElementById('rows')
  target?.dispatchEvent(new CustomEvent('htmx:beforeSwap', { bubbles: true, detail: { target } }))
  if (target) target.outerHTML = anew
  document.getElementById('rows')?.dispatchEvent(new CustomEvent('htmx:afterSettle', { bubbles: true }))
}

it('stays on the link that leads to the same place, in the list alone', () => {
  focusOn('乙')
  swap(LIST.replace('乙', '乙改'))
  expect(document.activeElement?.textContent).toBe('乙改')
})

it('goes to the list when the link is gone', () => {
  focusOn('甲')
  swap('<section id="rows"><a href="/b/">乙</a></section>')
  expect(document.activeElement?.id).toBe('rows')
})

it('leaves what has an id to htmx, and a focus elsewhere where it is', () => {
  focusOn('丙')
  swap(LIST)
  expect(document.activeElement).toBe(document.body)

  document.querySelector<HTMLElement>('body > a')?.focus()
  swap(LIST)
  expect(document.activeElement?.textContent).toBe('elsewhere')
})
