import { beforeEach, expect, it, vi } from 'vitest'
import { enhanceDialogs } from './dialog'

let dialog: HTMLDialogElement

beforeEach(() => {
  document.body.innerHTML = `<a href="/elsewhere/" data-dialog-open="d">撤销</a>
    <dialog id="d"><button data-dialog-close>关闭</button></dialog>`
  dialog = document.getElementById('d') as HTMLDialogElement
  dialog.showModal = vi.fn()
  dialog.close = vi.fn()
  enhanceDialogs(document)
})

function press(event: Event): Event {
  document.querySelector('a')?.dispatchEvent(event)
  return event
}

it('opens in place of the page that asks the same', () => {
  const click = press(new MouseEvent('click', { bubbles: true, cancelable: true }))
  expect(click.defaultPrevented).toBe(true)
  expect(dialog.showModal).toHaveBeenCalledOnce()
})

it('opens by the space bar, as the button it says it is', () => {
  expect(document.querySelector('a')?.getAttribute('role')).toBe('button')
  press(new KeyboardEvent('keydown', { key: ' ', bubbles: true, cancelable: true }))
  expect(dialog.showModal).toHaveBeenCalledOnce()
})

it('is closed by its button', () => {
  dialog.querySelector('button')?.click()
  expect(dialog.close).toHaveBeenCalledOnce()
})
