/**
 * The map itself: view, layers, points, and what pointer and keyboard do with them.
 * Knows OpenLayers; knows nothing of where points come from but their address.
 */
import type MapBrowserEvent from 'ol/MapBrowserEvent.js'
import OlMap from 'ol/Map.js'
import View from 'ol/View.js'
import ScaleLine from 'ol/control/ScaleLine.js'
import Zoom from 'ol/control/Zoom.js'
import { createEmpty, extend, isEmpty, type Extent } from 'ol/extent.js'
import { defaults as interactions } from 'ol/interaction/defaults.js'
import VectorLayer from 'ol/layer/Vector.js'
import { fromLonLat } from 'ol/proj.js'
import { hear, tell } from '../../live/events'
import { parsePoints, Points, type PointsAnswer } from '../../live/points'
import { STATES, type PointState } from '../../live/states'
import { announce } from '../../page/announce'
import htmx from '../../page/htmx'
import { isSignIn, tellSessionIsOver } from '../../page/session_over'
import { countText } from '../../text/number'
import type { MapLayer } from './base_layers'
import { NearestPoint } from './nearest'
import type { MapOptions } from './options'
import { palette } from './palette'
import { layerPanel, Legend } from './panels'
import { PointsLayer } from './points_layer'
import { PointTooltip } from './tooltip'
import { words } from '../../text/words'

const REACH_PX = { mouse: 9, touch: 20 }
/** Closer than the whole city, still with the neighbours around. */
const DETAIL_ZOOM = 11.5
const EDGE_PX = 40

export class PointMap {
  private readonly map: OlMap
  private readonly view: View
  private readonly target = document.createElement('div')
  private readonly layer: PointsLayer
  private readonly tooltip: PointTooltip
  private readonly legend = new Legend()
  private readonly notice = document.createElement('p')
  private readonly ending = new AbortController()
  private points = new Points(emptyColumns())
  private x = new Float64Array(0)
  private y = new Float64Array(0)
  private nearest = new NearestPoint(this.x, this.y)
  private loading: AbortController | null = null
  private selectedCode: string | null = null
  private query = ''

  constructor(
    private readonly frame: HTMLElement,
    private readonly layers: readonly MapLayer[],
    private readonly options: MapOptions,
  ) {
    const target = this.target
    target.className = 'map-canvas'
    target.tabIndex = 0
    target.setAttribute('role', 'application')
    target.setAttribute('aria-roledescription', words().map.role)
    target.setAttribute('aria-label', words().map.label)
    frame.append(target, this.legend.element, layerPanel(layers, () => this.recolour()))
    this.notice.className = 'map-notice'
    const caution = document.createElement('p')
    caution.className = 'map-caution'
    caution.textContent = words().map.caution
    frame.append(this.notice, caution)
    this.tooltip = new PointTooltip(frame, options.kindNames)
    this.layer = new PointsLayer(palette(frame))
    this.view = new View({
      center: fromLonLat([113.38, 22.52]),
      zoom: 10.5,
      minZoom: 8,
      maxZoom: 18,
      constrainResolution: false,
      enableRotation: false,
    })
    this.map = this.build(target)
    this.recolour()
    this.fitOnce()
    this.listen()
  }

  /** Loads the points of a query; a newer query overtakes an older one under way. */
  async load(query: string): Promise<void> {
    this.query = query
    this.loading?.abort()
    const loading = (this.loading = new AbortController())
    this.say(words().map.loading)
    try {
      const answer = await fetch(address(this.options.pointsUrl, query), {
        headers: { Accept: 'application/json' },
        signal: loading.signal,
      })
      if (isSignIn(answer.url)) return tellSessionIsOver()
      if (!answer.ok) throw new Error(`the server answered ${answer.status}`)
      this.take(parsePoints(await answer.json()))
    } catch (error) {
      if (loading.signal.aborted) return
      console.error('the points could not be loaded', error)
      this.say(words().map.notLoaded)
    }
  }

  stop(): void {
    this.ending.abort()
    this.loading?.abort()
    this.map.setTarget(undefined)
  }

  private build(target: HTMLElement): OlMap {
    return new OlMap({
      target,
      controls: [
        new Zoom({ zoomInTipLabel: words().map.zoomIn, zoomOutTipLabel: words().map.zoomOut }),
        new ScaleLine({ units: 'metric' }),
      ],
      // the first drag and the first turn of the wheel must work, focused or not
      interactions: interactions({ onFocusOnly: false }),
      layers: [...this.layers.flatMap((each) => each.layers), this.layer],
      view: this.view,
    })
  }

  /** Shows the whole city as soon as the map has a size (on a phone it may begin hidden). */
  private fitOnce(): void {
    const extent = cityExtent(this.layers)
    this.map.updateSize()
    const [width = 0, height = 0] = this.map.getSize() ?? []
    if (width > 0 && height > 0 && !isEmpty(extent)) {
      this.view.fit(extent, { padding: [18, 18, 18, 18] })
    } else this.map.once('change:size', () => this.fitOnce())
  }

  private listen(): void {
    const signal = this.ending.signal
    this.map.on('pointermove', (event) => this.pointAt(event as MapBrowserEvent))
    this.map.on('click', (event) => this.choose(event as MapBrowserEvent))
    this.target.addEventListener('mouseleave', () => this.leave(), { signal })
    this.map.on('movestart', () => this.tooltip.hide())
    hear('zhihuan:points', (answer) => this.follow(answer), signal)
    hear('zhihuan:missed', () => void this.load(this.query), signal)
    hear('zhihuan:select', ({ code, by }) => this.select(code, by !== 'map'), signal)
    hear('zhihuan:point-at', ({ code, by }) => by === 'list' && this.point(code), signal)
    hear('zhihuan:drawer', () => this.makeRoom(), signal)
    document.addEventListener('zhihuan:theme', () => this.recolour(), { signal })
  }

  private take(answer: PointsAnswer): void {
    this.points = new Points(answer.columns)
    const { lon, lat } = answer.columns
    this.x = new Float64Array(lon.length)
    this.y = new Float64Array(lon.length)
    for (let row = 0; row < lon.length; row += 1) {
      const [x, y] = fromLonLat([lon[row] ?? NaN, lat[row] ?? NaN])
      this.x[row] = x ?? NaN
      this.y[row] = y ?? NaN
    }
    this.nearest = new NearestPoint(this.x, this.y)
    this.say('')
    this.draw()
    this.select(this.selectedCode, false)
    announce(words().map.shown(countText(this.points.length)))
    this.frame.dataset['points'] = String(this.points.length)
  }

  private follow(answer: PointsAnswer): void {
    if (this.points.apply(answer.columns).length > 0) this.draw()
  }

  private draw(): void {
    const rowsOf = Object.fromEntries(STATES.map((state) => [state, [] as number[]])) as Record<
      PointState,
      number[]
    >
    this.points.columns.state.forEach((state, row) => rowsOf[state].push(row))
    this.layer.show({ x: this.x, y: this.y, rowsOf })
    for (const state of STATES) this.legend.show(state, rowsOf[state].length)
  }

  private recolour(): void {
    const colours = palette(this.frame)
    const overTiles = this.layers.some((each) => each.name === 'tianditu' && each.visible)
    for (const each of this.layers) each.recolour(colours, overTiles)
    this.layer.recolour(colours)
  }

  private rowAt(event: MapBrowserEvent): number | null {
    const resolution = this.view.getResolution() ?? 1
    const touch = (event.originalEvent as PointerEvent).pointerType === 'touch'
    const reach = (touch ? REACH_PX.touch : REACH_PX.mouse) * resolution
    const [x, y] = event.coordinate
    return this.nearest.find(x ?? NaN, y ?? NaN, reach)
  }

  private pointAt(event: MapBrowserEvent): void {
    if (event.dragging) return
    const row = this.rowAt(event)
    this.target.classList.toggle('is-over-point', row !== null)
    if (row === null) this.tooltip.hide()
    else this.tooltip.show(this.points, row, event.pixel)
    const code = row === null ? null : (this.points.columns.code[row] ?? null)
    if (row === this.layer.pointed) return
    this.point(code)
    tell('zhihuan:point-at', { code, by: 'map' })
  }

  private leave(): void {
    this.tooltip.hide()
    this.point(null)
    tell('zhihuan:point-at', { code: null, by: 'map' })
  }

  private point(code: string | null): void {
    this.layer.pointed = code === null ? null : (this.points.row(code) ?? null)
    this.layer.changed()
  }

  private choose(event: MapBrowserEvent): void {
    const row = this.rowAt(event)
    const code = row === null ? undefined : this.points.columns.code[row]
    if (code === undefined) return
    tell('zhihuan:select', { code, by: 'map' })
    void htmx.ajax('get', this.options.detailUrlOf(code), {
      target: this.options.detailTarget,
      source: this.target,
    })
  }

  private select(code: string | null, move: boolean): void {
    this.selectedCode = code
    const row = code === null ? undefined : this.points.row(code)
    this.layer.selected = row ?? null
    this.layer.changed()
    if (row !== undefined && move) this.bringIntoView(row)
  }

  /** The drawer may lie over the map's right side: what remains is the map's room. */
  private makeRoom(): void {
    const drawer = document.querySelector('.drawer:not([hidden])')
    const map = this.frame.getBoundingClientRect()
    const left = drawer?.getBoundingClientRect().left ?? map.right
    const covered = left < map.right && left > map.left ? map.right - left : 0
    this.view.padding = [0, covered, 0, 0]
    if (this.layer.selected !== null) this.bringIntoView(this.layer.selected)
  }

  private bringIntoView(row: number): void {
    const centre = [this.x[row] ?? NaN, this.y[row] ?? NaN]
    if (!centre.every(Number.isFinite) || this.isInView(centre)) return
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    this.view.animate({
      center: centre,
      zoom: Math.max(this.view.getZoom() ?? 0, DETAIL_ZOOM),
      duration: calm ? 0 : 250,
    })
  }

  private isInView(place: number[]): boolean {
    const [x = -1, y = -1] = this.map.getPixelFromCoordinate(place) ?? []
    const [width = 0, height = 0] = this.map.getSize() ?? []
    const right = width - (this.view.padding?.[1] ?? 0)
    return x > EDGE_PX && x < right - EDGE_PX && y > EDGE_PX && y < height - EDGE_PX
  }

  private say(sentence: string): void {
    this.notice.textContent = sentence
    this.notice.hidden = sentence === ''
  }
}

function address(url: string, query: string): string {
  return query ? `${url}${url.includes('?') ? '&' : '?'}${query}` : url
}

function cityExtent(layers: readonly MapLayer[]): Extent {
  const extent = createEmpty()
  const outline = layers.find((each) => each.name === 'outline')?.layers[0]
  const source = outline instanceof VectorLayer ? outline.getSource() : null
  const found = source?.getExtent()
  return found ? extend(extent, found) : extent
}

function emptyColumns(): PointsAnswer['columns'] {
  return {
    code: [], name: [], kind: [], town: [], lon: [], lat: [], state: [], lastSeen: [], headline: [],
  }
}
