/**
 * The drawing itself: ECharts in a box that the keyboard can walk through.
 * Arrow keys read sample by sample, plus and minus zoom, Home and End go to the ends.
 */
import { announce } from '../../page/announce'
import { chartColours } from './colours'
import { init, type EChartsType } from './echarts'
import { axisTime, fromAxisTime, type Span } from './axis_time'
import { chartOption } from './option'
import { nearestIndex, readoutText } from './readout'
import type { Series } from './series'
import { words } from '../../text/words'

const ZOOM_PAUSE_MS = 220
const SAY_PAUSE_MS = 350

export class ChartView {
  readonly element = document.createElement('div')
  private readonly readout = document.createElement('p')
  private readonly stage = document.createElement('div')
  private readonly chart: EChartsType
  private readonly resized: ResizeObserver
  private series: Series | null = null
  private span: Span = { from: 0, to: 1 }
  private cursor = -1
  private zoomTimer: number | undefined
  private sayTimer: number | undefined

  constructor(private readonly zoomed: (window: Span) => void) {
    this.element.className = 'chart-view'
    this.readout.className = 'chart-readout'
    this.stage.className = 'chart-stage'
    const keys = document.createElement('div')
    keys.className = 'chart-keys'
    keys.tabIndex = 0
    keys.setAttribute('role', 'group')
    keys.setAttribute('aria-label', words().chart.label)
    keys.append(this.stage)
    this.element.append(this.readout, keys)
    this.chart = init(this.stage, undefined, { renderer: 'canvas', width: 600, height: 300 })
    this.resized = new ResizeObserver(() => this.fit())
    this.resized.observe(this.stage)
    keys.addEventListener('keydown', (event) => this.press(event))
    this.chart.on('datazoom', () => this.zoomSoon())
    this.chart.on('updateAxisPointer', (event) => this.follow(event as AxisPointerEvent))
  }

  /** How many buckets make sense: one for every two pixels of width. */
  get buckets(): number {
    return Math.max(100, Math.round(this.stage.clientWidth / 2))
  }

  get window(): Span {
    const zoom = (this.chart.getOption()['dataZoom'] as ZoomState[] | undefined)?.[0]
    const width = this.span.to - this.span.from
    return {
      from: this.span.from + ((zoom?.start ?? 0) / 100) * width,
      to: this.span.from + ((zoom?.end ?? 100) / 100) * width,
    }
  }

  /** Draws anew; keeps the zoom when the span is the same (finer rows of one curve). */
  show(series: Series, span: Span, summary: string): void {
    const sameSpan = span.from === this.span.from && span.to === this.span.to
    const kept = sameSpan && this.series ? this.window : null
    this.series = series
    this.span = span
    const option = chartOption(series, span, chartColours(this.element), summary)
    this.chart.setOption(option as never, { notMerge: true })
    if (kept) this.setWindow(kept)
    this.cursor = series.t.length - 1
    this.readout.textContent = readoutText(series, this.cursor)
  }

  zoom(factor: number): void {
    const { from, to } = this.window
    const middle = this.series?.t[this.cursor] ?? (from + to) / 2
    const centre = middle >= from && middle <= to ? middle : (from + to) / 2
    const left = (centre - from) * factor
    const right = (to - centre) * factor
    this.setWindow({ from: centre - left, to: centre + right })
    this.zoomSoon()
  }

  recolour(): void {
    if (this.series) this.show(this.series, this.span, '')
  }

  stop(): void {
    window.clearTimeout(this.zoomTimer)
    window.clearTimeout(this.sayTimer)
    this.resized.disconnect()
    this.chart.dispose()
  }

  private fit(): void {
    const { clientWidth: width, clientHeight: height } = this.stage
    if (width > 0 && height > 0) this.chart.resize({ width, height })
  }

  private setWindow({ from, to }: Span): void {
    const startValue = axisTime(Math.max(this.span.from, from))
    const endValue = axisTime(Math.min(this.span.to, to))
    this.chart.dispatchAction({ type: 'dataZoom', dataZoomIndex: 0, startValue, endValue })
  }

  private zoomSoon(): void {
    window.clearTimeout(this.zoomTimer)
    this.zoomTimer = window.setTimeout(() => this.zoomed(this.window), ZOOM_PAUSE_MS)
  }

  private follow(event: AxisPointerEvent): void {
    const at = event.axesInfo?.[0]?.value
    if (at === undefined || !this.series) return
    this.cursor = nearestIndex(this.series.t, fromAxisTime(at))
    this.readout.textContent = readoutText(this.series, this.cursor)
  }

  private press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === '+' || event.key === '=') this.zoom(0.5)
    else if (event.key === '-') this.zoom(2)
    else if (!this.walk(event)) return
    event.preventDefault()
  }

  private walk(event: KeyboardEvent): boolean {
    const count = this.series?.t.length ?? 0
    const stride = event.shiftKey ? 10 : 1
    const goals: Record<string, number> = {
      ArrowLeft: this.cursor - stride,
      ArrowRight: this.cursor + stride,
      Home: 0,
      End: count - 1,
    }
    const goal = goals[event.key]
    if (goal === undefined || count === 0) return false
    this.read(Math.max(0, Math.min(count - 1, goal)))
    return true
  }

  private read(index: number): void {
    if (!this.series) return
    this.cursor = index
    const time = axisTime(this.series.t[index] ?? 0)
    const [x = 0, y = 0] = this.chart.convertToPixel({ gridIndex: 0 }, [
      time, this.series.value[index] ?? 0,
    ]) as number[]
    this.chart.dispatchAction({ type: 'updateAxisPointer', currTrigger: 'mousemove', x, y })
    const text = readoutText(this.series, index)
    this.readout.textContent = text
    window.clearTimeout(this.sayTimer)
    this.sayTimer = window.setTimeout(() => announce(text), SAY_PAUSE_MS)
  }
}

interface AxisPointerEvent {
  axesInfo?: { value: number }[]
}

interface ZoomState {
  start?: number
  end?: number
}
