/** One line that says how things are with the network and with sending, and what to do about it. */
import { announce } from '../../page/announce'
import type { Outcome } from '../../offline/sending'
import { isUnsent, recordsOf, unsentOfOthers } from '../../offline/store'
import { words } from '../../text/words'
import type { Place } from './place'

export class Connection {
  private readonly line: HTMLElement | null
  private readonly button: HTMLElement | null
  private said = ''

  constructor(private readonly place: Place) {
    this.line = place.element.querySelector('[data-visit-connection]')
    this.button = place.element.querySelector('[data-visit-sync]')
    window.addEventListener('offline', this.cut)
    if (!navigator.onLine) this.cut()
  }

  stop(): void {
    window.removeEventListener('offline', this.cut)
  }

  async tell(outcome: Outcome | 'sending'): Promise<void> {
    const unsent = (await recordsOf(this.place.user)).filter(isUnsent).length
    if (this.button) this.button.hidden = unsent === 0
    if (outcome === 'sending' && unsent === 0) return
    const others = await unsentOfOthers(this.place.user)
    const told = this.words(outcome, unsent)
    this.say(others ? `${told} ${words().visits.ofOthers(others)}` : told, outcome === 'signedOut')
  }

  private readonly cut = (): void => this.say(words().visits.offline, false)

  private words(outcome: Outcome | 'sending', unsent: number): string {
    const said = words().visits
    if (outcome === 'signedOut' || outcome === 'otherUser') return said[outcome]
    // Where nothing waits, nothing was asked of the network: that all is sent says nothing of it.
    if (!navigator.onLine) return said.offline
    if (outcome === 'sending' || outcome === 'cut') return said[outcome]
    return unsent ? said.online : said.allSent
  }

  private say(sentence: string, offersSignIn: boolean): void {
    if (!this.line || this.said === sentence) return
    this.said = sentence
    this.line.textContent = sentence
    if (offersSignIn) this.line.append(' ', signIn(this.place.loginUrl))
    announce(sentence)
  }
}

function signIn(url: string): HTMLAnchorElement {
  const link = document.createElement('a')
  link.href = url
  link.textContent = words().visits.signIn
  return link
}
