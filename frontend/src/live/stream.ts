/**
 * The one event stream of the page: opens it, judges whether it is alive, tells the others.
 *
 * After a break the browser reconnects by itself and says which event it saw last, so the server
 * can send what was missed. It does not after an HTTP refusal, and a proxy may keep a dead socket
 * open in silence: then (closed, or no word for `silenceSeconds`) this opens anew, each time
 * after a longer pause, and whoever shows points must load them again.
 */
import { tell, type ConnectionState } from './events'
import { parsePoints } from './points'

export const SILENCE_SECONDS = 45
const PAUSES_SECONDS = [2, 5, 10, 30]

export class LiveStream {
  private source: EventSource | null = null
  private silence: number | undefined
  private pause: number | undefined
  private failures = 0
  private missed = false

  constructor(
    private readonly url: string,
    private readonly silenceSeconds = SILENCE_SECONDS,
  ) {}

  open(): void {
    this.close()
    this.say('connecting')
    this.source = new EventSource(this.url)
    this.source.addEventListener('open', () => this.alive())
    this.source.addEventListener('ping', (event) => this.ping(event as MessageEvent<string>))
    this.source.addEventListener('trouble', () => this.say('trouble'))
    this.source.addEventListener('points', (event) => this.take(event as MessageEvent<string>))
    this.source.addEventListener('error', () => this.broken())
    this.watch()
  }

  close(): void {
    this.source?.close()
    this.source = null
    window.clearTimeout(this.silence)
    window.clearTimeout(this.pause)
  }

  private take(event: MessageEvent<string>): void {
    this.alive()
    try {
      tell('zhihuan:points', parsePoints(JSON.parse(event.data)))
    } catch (error) {
      // one unreadable message must not end the stream; the next full load mends the picture
      console.error('the live data cannot be read', error)
    }
  }

  private ping(event: MessageEvent<string>): void {
    this.alive()
    try {
      const { asOf } = JSON.parse(event.data) as { asOf?: string }
      if (asOf) tell('zhihuan:as-of', asOf)
    } catch {
      // a ping without a body says only that the line is alive
    }
  }

  private alive(): void {
    this.failures = 0
    this.say('live')
    this.watch()
  }

  /** The browser is already reconnecting, unless the server refused. */
  private broken(): void {
    if (this.source?.readyState === EventSource.CLOSED) this.lost()
    else this.say('lost')
  }

  private watch(): void {
    window.clearTimeout(this.silence)
    this.silence = window.setTimeout(() => this.lost(), this.silenceSeconds * 1000)
  }

  private lost(): void {
    this.close()
    this.say('lost')
    this.missed = true
    const seconds = PAUSES_SECONDS[Math.min(this.failures, PAUSES_SECONDS.length - 1)] ?? 30
    this.failures += 1
    this.pause = window.setTimeout(() => this.open(), seconds * 1000)
  }

  private say(state: ConnectionState): void {
    tell('zhihuan:connection', { state, at: now() })
    if (state !== 'live' || !this.missed) return
    this.missed = false
    tell('zhihuan:missed', null)
  }
}

const now = (): number => Math.floor(Date.now() / 1000)
