/** A session that ended beside the page: what was asked for is answered by the sign-in instead. */
import { tell } from '../live/events'

/** Whether this address, where an answer came from in the end, is the sign-in. */
export function isSignIn(address: string): boolean {
  return address !== '' && new URL(address, window.location.href).pathname.startsWith('/accounts/login')
}

/** The page's own dialog says that the session is over; without one the reader is led to the sign-in. */
export function tellSessionIsOver(): void {
  if (document.querySelector('[data-session-end]')) {
    tell('zhihuan:session-over', null)
    return
  }
  const next = encodeURIComponent(window.location.pathname + window.location.search)
  window.location.assign(`/accounts/login/?next=${next}`)
}
