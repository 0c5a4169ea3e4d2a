/**
 * A fragment that did not arrive says so, where everyone can see and hear it, with what to do.
 * An expired session is told by the page's own dialog (session_end.ts), or leads to the login page,
 * instead of a login form inside a drawer.
 */
import { announce } from '../page/announce'
import { isSignIn, tellSessionIsOver } from '../page/session_over'
import { words } from '../text/words'

let listening = false

export function enhanceRequestErrors(_root: ParentNode): void {
  if (listening) return
  listening = true
  document.addEventListener('htmx:responseError', (event) => {
    const status = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail.xhr.status
    show(words().serverFailed(status))
  })
  document.addEventListener('htmx:sendError', () => {
    show(words().noNetwork)
  })
  document.addEventListener('htmx:beforeSwap', leaveIfLoggedOut)
}

function leaveIfLoggedOut(event: Event): void {
  const detail = (event as CustomEvent<{ xhr: XMLHttpRequest; shouldSwap: boolean }>).detail
  if (!isSignIn(detail.xhr.responseURL)) return
  detail.shouldSwap = false
  tellSessionIsOver()
}

export function show(sentence: string): void {
  document.querySelector('.request-error')?.remove()
  const box = document.createElement('div')
  box.className = 'request-error'
  box.setAttribute('role', 'alert')
  const text = document.createElement('span')
  text.textContent = sentence
  const close = document.createElement('button')
  close.type = 'button'
  close.className = 'btn btn-sm'
  close.textContent = words().understood
  close.addEventListener('click', () => box.remove())
  box.append(text, close)
  document.body.append(box)
  announce(sentence)
}
