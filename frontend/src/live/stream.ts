/**
 * The one event stream of the page: opens it, judges whether it is alive, tells the others.
 *
 * The browser reconnects by itself after a break, but not after an HTTP refusal, and a proxy
 * may keep a dead socket open in silence. So: no word (not even a ping) for
 * `silenceSeconds` counts as lost and opens anew, with a growing pause.
 */
import { tell } from './events'
import { parsePoints } from './points'

export const SILENCE_SECONDS = 45
const PAUSES_SECONDS = [2, 5, 10, 30]

export class LiveStream {
  private source: EventSource | null = null
  private silence: number | undefined
  private pause: number | undefined
  private failures = 0

  constructor(
    private readonly url: string,
    private readonly silenceSeconds = SILENCE_SECONDS,
  ) {}

  open(): void {
    this.close()
    tell('zhihuan:connection', { state: 'connecting', at: now() })
    this.source = new EventSource(this.url)
    this.source.addEventListener('open', () => this.alive())
    this.source.addEventListener('ping', () => this.alive())
    this.source.addEventListener('points', (event) => this.take(event as MessageEvent<string>))
    this.source.addEventListener('error', () => this.lost())
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
      console.error('实时数据无法解析', error)
    }
  }

  private alive(): void {
    this.failures = 0
    tell('zhihuan:connection', { state: 'live', at: now() })
    this.watch()
  }

  private watch(): void {
    window.clearTimeout(this.silence)
    this.silence = window.setTimeout(() => this.lost(), this.silenceSeconds * 1000)
  }

  private lost(): void {
    this.close()
    tell('zhihuan:connection', { state: 'lost', at: now() })
    const seconds = PAUSES_SECONDS[Math.min(this.failures, PAUSES_SECONDS.length - 1)] ?? 30
    this.failures += 1
    this.pause = window.setTimeout(() => this.open(), seconds * 1000)
  }
}

const now = (): number => Math.floor(Date.now() / 1000)
