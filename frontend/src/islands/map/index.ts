/**
 * The map island: the city, its towns and rivers, and every point of the present filter.
 *
 *   <div data-island="map" data-points-url="/live/points.json" data-layers-url="/static/live/map/"
 *        data-filter-form="#filters" data-detail-url="/live/points/__code__/"
 *        data-detail-target="#drawer-body" data-tianditu-key="">fallback</div>
 *
 * It shows what the list shows (the same query), and nothing can be done here only: whoever
 * cannot use a map works in the list. It decides no state and stores nothing.
 */
import 'ol/ol.css'
import './map.css'
import type { Island } from '../loader'
import { loadLayers } from './base_layers'
import { watchFilters } from './filters'
import { MapOptions } from './options'
import { PointMap } from './point_map'

export async function start(element: HTMLElement): Promise<Island> {
  const options = MapOptions.of(element)
  const frame = document.createElement('div')
  frame.className = 'map-frame'
  const layers = await loadLayers(options)
  element.replaceChildren(frame)
  const map = new PointMap(frame, layers, options)
  const stopFilters = watchFilters(options.filterForm, (query) => void map.load(query))
  return {
    stop() {
      stopFilters()
      map.stop()
    },
  }
}
