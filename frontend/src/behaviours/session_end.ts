/**
 * Before a session ends without use the page says so, and the reader goes on with one key. Once it has
 * ended the page is covered, keeps what was typed, and goes on after they signed in again beside it.
 *
 *   <dialog data-session-end data-left="1800" data-idle="1800" data-who="7" data-left-url data-used-url>
 *     <p data-when="near">… <strong data-session-countdown></strong></p>
 *     <button data-when="near" data-session-stay> <button data-when="over" data-session-again>
 *     <p data-when="other">…</p></dialog>
 *
 * Keys, clicks and typing are use and are told to the server at most once a minute, so the warning comes
 * only to whoever really left. Elder mode warns earlier. Without scripts a session ends without a word.
 */
import { hear } from '../live/events'
import { formKey, renewFormKey } from '../page/csrf'
import { firstTime } from '../page/once'
import { words } from '../text/words'

type Stage = 'near' | 'over' | 'other'
interface Told { left: number; who?: string; token?: string }

const WARNS_SECONDS = 120
const WARNS_ELDERS_SECONDS = 300
const TOLD_EVERY_MS = 60_000
/** While a page warns or is covered it asks so often whether somebody went on, or signed in, beside it. */
const ASKS_EVERY_MS = 5000
const ACTS = ['keydown', 'pointerdown', 'input'] as const

/** How long before the end the warning comes [s]; of a short session never more than its half. */
export function warningSeconds(idleSeconds: number, isElder: boolean): number {
  return isElder
    ? Math.min(WARNS_ELDERS_SECONDS, idleSeconds / 2)
    : Math.min(WARNS_SECONDS, idleSeconds / 3)
}

export function enhanceSessionEnd(root: ParentNode): void {
  for (const dialog of firstTime(root, 'dialog[data-session-end]', 'session-end'))
    new SessionEnd(dialog as HTMLDialogElement)
}

class SessionEnd {
  private endsAt = 0
  private toldAt = Date.now()
  private isAsking = false

  constructor(private readonly dialog: HTMLDialogElement) {
    this.holdsFor(Number(dialog.dataset['left']))
    for (const act of ACTS) document.addEventListener(act, () => this.used(), { passive: true, capture: true })
    document.addEventListener('submit', (event) => this.hold(event), { capture: true })
    document.addEventListener('visibilitychange', () => void this.look())
    window.addEventListener('focus', () => void this.look())
    // Escape would close the warning and leave the reader without it
    dialog.addEventListener('cancel', (event) => event.preventDefault())
    this.on('[data-session-stay]', () => this.ask('used'))
    this.on('[data-session-again]', () => this.ask('left'))
    hear('zhihuan:session-over', () => this.show('over'))
    window.setInterval(() => void this.look(), 1000)
  }

  private on(selector: string, act: () => Promise<void>): void {
    this.dialog.querySelector(selector)?.addEventListener('click', () => void act())
  }

  private get left(): number {
    return (this.endsAt - Date.now()) / 1000
  }

  private get warning(): number {
    const isElder = document.documentElement.dataset['mode'] === 'elder'
    return warningSeconds(Number(this.dialog.dataset['idle']), isElder)
  }

  private holdsFor(seconds: number): void {
    this.endsAt = Date.now() + seconds * 1000
  }

  /** The reader did something. While they are asked, only their answer counts. */
  private used(): void {
    if (this.dialog.open || Date.now() - this.toldAt < TOLD_EVERY_MS) return
    this.toldAt = Date.now()
    void this.ask('used')
  }

  /** What the clock says now; the server is asked before anything is shown, for another tab may be in use. */
  private async look(): Promise<void> {
    if (this.left > this.warning) return
    this.count()
    const isDue = this.dialog.open && this.stage === 'near' && this.left <= 0
    const isStale = Date.now() - this.toldAt > ASKS_EVERY_MS && document.visibilityState === 'visible'
    if (!this.dialog.open || isDue || isStale) await this.ask('left')
  }

  private async ask(what: 'left' | 'used'): Promise<void> {
    if (this.isAsking) return
    this.isAsking = true
    this.toldAt = Date.now()
    try {
      this.heard(await fetched(this.dialog, what))
    } catch {
      // no network, no answer: what the page's own clock says is all there is
      this.show(this.left > 0 ? 'near' : 'over')
    } finally {
      this.isAsking = false
    }
  }

  private heard(told: Told): void {
    this.holdsFor(told.left)
    if (told.left <= 0) return this.show('over')
    if (told.who !== this.dialog.dataset['who']) return this.show('other')
    if (told.token) renewFormKey(told.token)
    if (this.left > this.warning) this.dialog.close()
    else this.show('near')
  }

  private get stage(): Stage {
    return this.dialog.dataset['stage'] as Stage
  }

  private show(stage: Stage): void {
    if (this.dialog.open && this.stage === stage) return
    this.dialog.dataset['stage'] = stage
    for (const part of this.dialog.querySelectorAll<HTMLElement>('[data-when]'))
      part.hidden = part.dataset['when'] !== stage
    this.count()
    if (!this.dialog.open) this.dialog.showModal()
    this.dialog.querySelector<HTMLElement>('.btn:not([hidden])')?.focus()
  }

  private count(): void {
    const seconds = Math.max(0, Math.round(this.left))
    const text = words().timeLeft(Math.floor(seconds / 60), seconds % 60)
    const place = this.dialog.querySelector('[data-session-countdown]')
    if (place && this.stage === 'near') place.textContent = text
  }

  /** A form sent after the end would come back as the page of signing in, and what it holds be lost. */
  private hold(event: Event): void {
    const form = event.target as HTMLFormElement
    if (this.left > 0 || form.method !== 'post') return
    event.preventDefault()
    event.stopImmediatePropagation()
    void this.ask('left')
  }
}

async function fetched(dialog: HTMLDialogElement, what: 'left' | 'used'): Promise<Told> {
  const url = dialog.dataset[what === 'left' ? 'leftUrl' : 'usedUrl'] ?? ''
  const sent = what === 'left' ? {} : { method: 'POST', headers: { 'X-CSRFToken': formKey() } }
  const answer = await fetch(url, { credentials: 'same-origin', ...sent })
  // refused: somebody signed in anew beside this page, which changed the key of forms
  if (!answer.ok && what === 'used') return fetched(dialog, 'left')
  if (!answer.ok) throw new Error(`the session's time is not told: ${answer.status}`)
  return (await answer.json()) as Told
}
