/**
 * Chart, controls and table of one point: keeps what is asked for, fetches it, shows it.
 * A newer request overtakes an older one; a failed one leaves the last picture and says so.
 */
import { hear } from '../../live/events'
import { announce } from '../../page/announce'
import { dataTable } from './data_table'
import { chartKey } from './key'
import { firstSpan, kindName, type Kind } from './kinds'
import type { Span } from './axis_time'
import type { ChartOptions } from './options'
import { exportAddress, fetchSeries, type SeriesQuery } from './request'
import type { Series } from './series'
import { summaryText } from './summary'
import { Toolbar } from './toolbar'
import { ChartView } from './view'
import { zoomNeed, type Loaded } from './zoom_detail'
import { words } from '../../text/words'

const REFRESH_SECONDS = 60

interface LoadedSeries {
  span: Span
  series: Series
}

export class ChartPanel {
  readonly element = document.createElement('div')
  private readonly toolbar: Toolbar
  private readonly view: ChartView
  private readonly note = document.createElement('p')
  private readonly key = document.createElement('div')
  private readonly rows = document.createElement('div')
  private readonly ending = new AbortController()
  private fetching: AbortController | null = null
  private query: SeriesQuery
  private seconds: number
  private atNow: boolean
  private base: LoadedSeries | null = null
  private detail: LoadedSeries | null = null
  private refreshed = 0

  constructor(private readonly options: ChartOptions) {
    this.seconds = firstSpan(options.kind)
    this.atNow = options.to === null
    const to = options.to ?? now()
    if (options.from !== null) this.seconds = Math.max(600, to - options.from)
    this.query = { factor: options.factor, kind: options.kind, from: to - this.seconds, to }
    this.element.className = 'chart'
    this.note.className = 'chart-note'
    this.rows.className = 'chart-rows'
    this.rows.hidden = true
    this.rows.tabIndex = 0
    this.rows.setAttribute('role', 'region')
    this.rows.setAttribute('aria-label', words().chart.table)
    this.toolbar = new Toolbar(options, this)
    this.view = new ChartView((window) => void this.zoomedTo(window))
    this.element.append(this.toolbar.element, this.view.element, this.key, this.note, this.rows)
    document.addEventListener('zhihuan:theme', () => this.view.recolour(), {
      signal: this.ending.signal,
    })
    hear('zhihuan:points', ({ columns }) => this.refresh(columns.code), this.ending.signal)
  }

  factor(code: string): void {
    this.query.factor = code
    void this.load()
  }

  kind(kind: Kind): void {
    this.query.kind = kind
    this.span(firstSpan(kind))
  }

  span(seconds: number): void {
    this.seconds = seconds
    const to = this.atNow ? now() : this.query.to
    this.query = { ...this.query, from: to - seconds, to }
    void this.load()
  }

  move(direction: -1 | 1): void {
    const to = Math.min(now(), this.query.to + direction * this.seconds)
    this.atNow = to >= now() - 60
    this.query = { ...this.query, from: to - this.seconds, to }
    void this.load()
  }

  zoom(factor: number): void {
    this.view.zoom(factor)
  }

  table(shown: boolean): void {
    this.rows.hidden = !shown
    this.drawRows()
  }

  async load(): Promise<void> {
    this.toolbar.show(this.query.kind, this.seconds, this.atNow)
    this.toolbar.exportLink.href = exportAddress(this.options.seriesUrl, this.query)
    const span = { from: this.query.from, to: this.query.to }
    const series = await this.fetch(span)
    if (!series) return
    this.base = { span, series }
    this.detail = null
    this.draw(this.base)
    announce(this.note.textContent ?? '')
  }

  stop(): void {
    this.ending.abort()
    this.fetching?.abort()
    this.view.stop()
  }

  private async fetch(span: Span): Promise<Series | null> {
    this.fetching?.abort()
    const fetching = (this.fetching = new AbortController())
    this.element.setAttribute('aria-busy', 'true')
    try {
      const query = { ...this.query, ...span }
      return await fetchSeries(this.options.seriesUrl, query, this.view.buckets, fetching.signal)
    } catch (error) {
      if (!fetching.signal.aborted) this.fail(error)
      return null
    } finally {
      if (this.fetching === fetching) this.element.removeAttribute('aria-busy')
    }
  }

  private fail(error: unknown): void {
    console.error('the data of the chart could not be loaded', error)
    this.note.textContent = words().chart.notLoaded
    announce(this.note.textContent)
  }

  /** New rows of this point: bring them when the reader looks at the present, unzoomed. */
  private refresh(codes: readonly string[]): void {
    const recently = now() - this.refreshed < REFRESH_SECONDS
    if (!this.atNow || this.detail || recently || !codes.includes(this.options.pointCode)) return
    this.refreshed = now()
    this.span(this.seconds)
  }

  private async zoomedTo(window: Span): Promise<void> {
    if (!this.base) return
    const need = zoomNeed(window, loaded(this.base), this.detail && loaded(this.detail))
    if ('fetch' in need) {
      const series = await this.fetch(need.fetch)
      if (!series || !this.base) return
      this.detail = { span: need.fetch, series }
      this.draw(this.detail)
    } else if (need.show === 'base' && this.detail) {
      this.detail = null
      this.draw(this.base)
    }
  }

  private draw({ series }: LoadedSeries): void {
    const summary = summaryText(series, kindName(this.query.kind))
    const { from, to } = this.base?.span ?? this.query
    this.view.show(series, { from, to }, summary)
    this.key.replaceChildren(chartKey(series))
    this.note.textContent = summary
    this.drawRows()
  }

  private drawRows(): void {
    const series = (this.detail ?? this.base)?.series
    if (this.rows.hidden || !series) return
    this.rows.replaceChildren(dataTable(series, kindName(this.query.kind)))
  }
}

function loaded({ span, series }: LoadedSeries): Loaded {
  return { ...span, bucketSeconds: series.bucketSeconds }
}

const now = (): number => Math.floor(Date.now() / 1000)
