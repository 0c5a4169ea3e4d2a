/**
 * The outcome of an act can be put away, and good news goes by itself after a while; bad news and
 * warnings stay until they are read. Nobody reading it (pointer or focus on it) loses it.
 *
 *   <div data-toast data-kind="success">… <button data-toast-close hidden>知道了</button></div>
 */
import { firstTime } from '../page/once'

export const STAYS_MS = 12_000

export function enhanceToasts(root: ParentNode): void {
  for (const toast of firstTime(root, '[data-toast]', 'toast')) {
    const close = toast.querySelector<HTMLButtonElement>('[data-toast-close]')
    if (close) close.hidden = false
    close?.addEventListener('click', () => toast.remove())
    if (toast.dataset['kind'] === 'success') leaveLater(toast)
  }
}

function leaveLater(toast: HTMLElement): void {
  window.setTimeout(() => {
    if (toast.matches(':hover, :focus-within')) leaveLater(toast)
    else toast.remove()
  }, STAYS_MS)
}
