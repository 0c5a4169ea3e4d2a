/**
 * Opens a native `<dialog>` in place of the page that asks the same; the browser keeps the focus in
 * it, closes it on Escape and gives the focus back.
 *
 *   <a href="/page/" data-dialog-open="x">撤销</a>
 *   <dialog id="x">… <button type="button" data-dialog-close>关闭</button></dialog>
 */
import { firstTime } from '../page/once'

export function enhanceDialogs(root: ParentNode): void {
  for (const opener of firstTime(root, '[data-dialog-open]', 'dialog')) {
    const dialog = document.getElementById(opener.dataset['dialogOpen'] ?? '')
    if (!(dialog instanceof HTMLDialogElement)) continue
    opener.setAttribute('role', 'button')
    opener.setAttribute('aria-haspopup', 'dialog')
    opener.addEventListener('click', (event) => {
      event.preventDefault()
      dialog.showModal()
    })
    // a link that acts as a button answers the space bar like one
    opener.addEventListener('keydown', (event) => {
      if (event.key !== ' ') return
      event.preventDefault()
      dialog.showModal()
    })
    for (const close of dialog.querySelectorAll('[data-dialog-close]')) {
      close.addEventListener('click', () => dialog.close())
    }
  }
}
