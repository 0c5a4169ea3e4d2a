import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { hear, type ConnectionState } from './events'
import { LiveStream } from './stream'

class FakeSource extends EventTarget {
  static readonly CLOSED = 2
  static opened: FakeSource[] = []
  readyState = 1
  closed = false
  constructor(readonly url: string) {
    super()
    FakeSource.opened.push(this)
  }
  close(): void {
    this.closed = true
  }
  refuse(): void {
    this.readyState = FakeSource.CLOSED
    this.send('error')
  }
  send(name: string, data = '{}'): void {
    this.dispatchEvent(Object.assign(new Event(name), { data }))
  }
}

let states: ConnectionState[]
let listening: AbortController

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', FakeSource)
  FakeSource.opened = []
  states = []
  listening = new AbortController()
  hear('zhihuan:connection', ({ state }) => states.push(state), listening.signal)
})

afterEach(() => {
  listening.abort()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const latest = (): FakeSource => FakeSource.opened[FakeSource.opened.length - 1] as FakeSource

it('is live from the first word on', () => {
  new LiveStream('/stream').open()
  latest().send('ping')
  expect(states).toEqual(['connecting', 'live'])
})

it('leaves a broken line to the browser, which resumes where it stopped', () => {
  new LiveStream('/stream').open()
  latest().send('error')
  expect(states[states.length - 1]).toBe('lost')
  latest().send('ping')
  expect(states[states.length - 1]).toBe('live')
  expect(FakeSource.opened).toHaveLength(1)
})

it('opens anew after a refusal, each time after a longer pause', () => {
  new LiveStream('/stream').open()
  latest().refuse()
  expect(states[states.length - 1]).toBe('lost')
  vi.advanceTimersByTime(2000)
  expect(FakeSource.opened).toHaveLength(2)
  latest().refuse()
  vi.advanceTimersByTime(2000)
  expect(FakeSource.opened).toHaveLength(2)
  vi.advanceTimersByTime(3000)
  expect(FakeSource.opened).toHaveLength(3)
})

it('calls silence a break: a dead socket may stay open for hours', () => {
  new LiveStream('/stream', 45).open()
  latest().send('ping')
  vi.advanceTimersByTime(44_000)
  expect(states[states.length - 1]).toBe('live')
  vi.advanceTimersByTime(2000)
  expect(states[states.length - 1]).toBe('lost')
  expect(FakeSource.opened[0]?.closed).toBe(true)
})

it('survives a message it cannot read', () => {
  const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  new LiveStream('/stream').open()
  latest().send('points', '{"columns":')
  expect(errors).toHaveBeenCalled()
  expect(latest().closed).toBe(false)
  expect(states[states.length - 1]).toBe('live')
})

it('stays closed once closed', () => {
  const stream = new LiveStream('/stream')
  stream.open()
  latest().refuse()
  stream.close()
  vi.advanceTimersByTime(120_000)
  expect(FakeSource.opened).toHaveLength(1)
})

it('tells that changes were missed when it had to open anew, and only then', () => {
  let missed = 0
  hear('zhihuan:missed', () => (missed += 1), listening.signal)
  new LiveStream('/stream').open()
  latest().send('ping')
  latest().send('error')
  latest().send('ping')
  expect(missed).toBe(0)
  latest().refuse()
  vi.advanceTimersByTime(2000)
  latest().send('ping')
  latest().send('ping')
  expect(missed).toBe(1)
})

it('says that the server cannot read its data', () => {
  new LiveStream('/stream').open()
  latest().send('trouble', '{"message":"x"}')
  expect(states[states.length - 1]).toBe('trouble')
})
