import { expect, it, vi } from 'vitest'
import { enhanceConfirming } from './confirm_act'

it.each([
  [true, false],
  [false, true],
])('goes on only when the reader said yes (%s)', (answer, prevented) => {
  document.body.innerHTML = '<button data-confirm="确定？">撤销</button>'
  window.confirm = vi.fn(() => answer)
  enhanceConfirming(document)
  const click = new MouseEvent('click', { bubbles: true, cancelable: true })
  document.querySelector('button')?.dispatchEvent(click)
  expect(click.defaultPrevented).toBe(prevented)
  expect(window.confirm).toHaveBeenCalledWith('确定？')
})
