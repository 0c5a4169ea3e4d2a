/**
 * What lies beneath the points: the city's outline, its town cells and rivers, packaged with
 * the platform so that it works without any network, and Tianditu tiles when there is a key.
 *
 * Town cells are synthetic (nearest town seat) and say so on the map: 近似，非法定边界.
 * Everything is WGS 84 / CGCS2000 longitude and latitude; nothing is shifted to GCJ-02.
 */
import type Feature from 'ol/Feature.js'
import GeoJSON from 'ol/format/GeoJSON.js'
import Point from 'ol/geom/Point.js'
import type BaseLayer from 'ol/layer/Base.js'
import TileLayer from 'ol/layer/Tile.js'
import VectorLayer from 'ol/layer/Vector.js'
import { fromLonLat } from 'ol/proj.js'
import XYZ from 'ol/source/XYZ.js'
import VectorSource from 'ol/source/Vector.js'
import { Fill, Stroke, Style, Text } from 'ol/style.js'
import type { MapOptions } from './options'
import type { Palette } from './palette'
import { words } from '../../text/words'

export interface MapLayer {
  name: string
  title: string
  /** who made it, under which licence: shown in the layer panel */
  source: string
  count: number
  layers: BaseLayer[]
  visible: boolean
  recolour(colours: Palette, overTiles: boolean): void
}

/** A town's name on an office PC. */
const TOWN_PX = 12

interface VectorKind {
  name: string
  title: string
  source: string
  style(colours: Palette, overTiles: boolean): (feature: Feature) => Style | Style[]
}

const VECTOR_KINDS: readonly VectorKind[] = [
  {
    name: 'outline',
    get title() { return words().map.outline },
    get source() { return words().map.outlineSource },
    style: (colours, overTiles) => () =>
      new Style({
        stroke: new Stroke({ color: colours.outline, width: 1.6 }),
        ...(overTiles ? {} : { fill: new Fill({ color: colours.land }) }),
      }),
  },
  {
    name: 'towns',
    get title() { return words().map.towns },
    get source() { return words().map.townsSource },
    style: (colours) => (feature) =>
      [
        new Style({
          stroke: new Stroke({ color: colours.townLine, width: 1, lineDash: [4, 4] }),
        }),
        townName(feature, colours),
      ],
  },
  {
    name: 'rivers',
    get title() { return words().map.rivers },
    get source() { return words().map.riversSource },
    style: (colours) => (feature) =>
      new Style({
        stroke: new Stroke(
          feature.get('kind') === 'coast'
            ? { color: colours.coast, width: 1 }
            : { color: colours.water, width: 2.2 },
        ),
      }),
  },
]

/** One name a town, at its seat, also where a town has two cells. */
function townName(feature: Feature, colours: Palette): Style {
  const seat = feature.get('seat') as number[] | undefined
  return new Style({
    ...(seat ? { geometry: new Point(fromLonLat(seat)) } : {}),
    text: new Text({
      text: String(feature.get('name') ?? ''),
      font: `${Math.round(TOWN_PX * colours.scale)}px ${colours.font}`,
      fill: new Fill({ color: colours.townText }),
      stroke: new Stroke({ color: colours.halo, width: 3 * colours.scale }),
      overflow: true,
    }),
  })
}

const TIANDITU_LAYERS = [
  { layer: 'vec', zIndex: 0 },
  { layer: 'cva', zIndex: 1 },
]

export async function loadLayers(options: MapOptions): Promise<MapLayer[]> {
  const loaded = await Promise.all(VECTOR_KINDS.map((kind) => loadVector(kind, options.layersUrl)))
  const layers = loaded.filter((layer) => layer !== null)
  return options.tiandituKey ? [...layers, tianditu(options.tiandituKey)] : layers
}

/** A layer that cannot be read is left out with a word in the console: points matter more. */
async function loadVector(kind: VectorKind, folder: string): Promise<MapLayer | null> {
  try {
    const answer = await fetch(`${folder.replace(/\/?$/, '/')}${kind.name}.geojson`)
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`)
    return vectorLayer(kind, await answer.json())
  } catch (error) {
    console.warn(`layer ${kind.name} could not be read`, error)
    return null
  }
}

export function vectorLayer(kind: VectorKind, geojson: unknown): MapLayer {
  const features = new GeoJSON().readFeatures(geojson, { featureProjection: 'EPSG:3857' })
  const layer = new VectorLayer({
    source: new VectorSource({ features }),
    declutter: kind.name === 'towns',
    updateWhileAnimating: true,
    updateWhileInteracting: false,
    zIndex: 2 + VECTOR_KINDS.findIndex((each) => each.name === kind.name),
  })
  return {
    name: kind.name,
    title: kind.title,
    source: kind.source,
    count: features.length,
    layers: [layer],
    visible: true,
    recolour(colours, overTiles) {
      layer.setStyle(kind.style(colours, overTiles) as never)
    },
  }
}

function tianditu(key: string): MapLayer {
  const layers = TIANDITU_LAYERS.map(({ layer, zIndex }) =>
    new TileLayer({ zIndex, source: new XYZ({ url: tiandituUrl(layer, key), maxZoom: 18 }) }),
  )
  return {
    name: 'tianditu',
    title: words().map.tianditu,
    source: words().map.tiandituSource,
    count: layers.length,
    layers,
    visible: true,
    recolour: () => undefined,
  }
}

/** Tianditu's Mercator matrix (`_w`); CGCS2000 and WGS 84 agree within a metre. */
export function tiandituUrl(layer: string, key: string): string {
  const query = new URLSearchParams({
    SERVICE: 'WMTS', REQUEST: 'GetTile', VERSION: '1.0.0', LAYER: layer, STYLE: 'default',
    TILEMATRIXSET: 'w', FORMAT: 'tiles', tk: key,
  })
  const matrix = 'TILEMATRIX={z}&TILEROW={y}&TILECOL={x}'
  return `https://t{0-7}.tianditu.gov.cn/${layer}_w/wmts?${query.toString()}&${matrix}`
}
