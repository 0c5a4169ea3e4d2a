/**
 * Keeps sending while there is something to send: at once when the network is back or the page is looked
 * at, otherwise after a wait that grows. One tab at a time sends, where the browser can see to it.
 */
import { waitMs } from './back_off'
import { send, type Addresses, type Outcome } from './sending'
import { tidy } from './store'

const KEEPS_SETTLED_MS = 7 * 24 * 3600 * 1000
const LOOKS_AGAIN_MS = 60_000

export class Queue {
  private failures = 0
  private timer = 0
  private isRunning = false
  private isWanted = false
  private isStopped = false

  constructor(
    private readonly user: string,
    private readonly addresses: Addresses,
    private readonly tell: (outcome: Outcome | 'sending') => void,
  ) {}

  start(): void {
    window.addEventListener('online', this.now)
    document.addEventListener('visibilitychange', this.seen)
    this.now()
  }

  stop(): void {
    this.isStopped = true
    window.clearTimeout(this.timer)
    window.removeEventListener('online', this.now)
    document.removeEventListener('visibilitychange', this.seen)
  }

  /** Try now, whatever the wait is. */
  readonly now = (): void => {
    this.failures = 0
    void this.run()
  }

  private readonly seen = (): void => {
    if (document.visibilityState === 'visible') this.now()
  }

  private async run(): Promise<void> {
    if (this.isRunning) {
      this.isWanted = true
      return
    }
    this.isRunning = true
    window.clearTimeout(this.timer)
    try {
      do {
        this.isWanted = false
        await this.attempt()
      } while (this.isWanted && !this.isStopped)
    } finally {
      this.isRunning = false
    }
  }

  private async attempt(): Promise<void> {
    this.tell('sending')
    const outcome = await this.sent()
    this.failures = outcome === 'cut' ? this.failures + 1 : 0
    if (outcome === 'done') await tidy(this.user, new Date(Date.now() - KEEPS_SETTLED_MS).toISOString())
    this.tell(outcome)
    if (!this.isStopped) this.timer = window.setTimeout(() => void this.run(), this.wait(outcome))
  }

  /** What fails otherwise than the network does is tried again like it: nothing may end the queue. */
  private async sent(): Promise<Outcome> {
    try {
      return await alone(() => send(this.user, this.addresses, () => this.tell('sending')))
    } catch (error) {
      console.warn('sending failed', error)
      return 'cut'
    }
  }

  private wait(outcome: Outcome): number {
    return outcome === 'cut' ? waitMs(this.failures) : LOOKS_AGAIN_MS
  }
}

function alone(act: () => Promise<Outcome>): Promise<Outcome> {
  if (!('locks' in navigator)) return act()
  return navigator.locks.request('zhihuan-visits', act) as Promise<Outcome>
}
