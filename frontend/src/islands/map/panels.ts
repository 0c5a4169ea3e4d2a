/** The legend (shape, name, count of each state) and the layer panel on the map's edge. */
import { STATES, stateName, type PointState } from '../../live/states'
import { countText } from '../../text/number'
import type { MapLayer } from './base_layers'
import { words } from '../../text/words'

/** Counts what the map shows: the points of the present filter, by state. */
export class Legend {
  readonly element = document.createElement('ul')
  private readonly counts = new Map<PointState, HTMLElement>()

  constructor() {
    this.element.className = 'map-legend'
    this.element.setAttribute('aria-label', words().map.legend)
    for (const state of STATES) this.element.append(this.item(state))
  }

  show(state: PointState, count: number): void {
    const element = this.counts.get(state)
    if (element) element.textContent = countText(count)
  }

  private item(state: PointState): HTMLElement {
    const badge = document.createElement('span')
    badge.className = 'state'
    badge.dataset['state'] = state
    badge.textContent = stateName(state)
    const count = document.createElement('span')
    count.className = 'map-legend-count'
    count.textContent = '—'
    this.counts.set(state, count)
    const item = document.createElement('li')
    item.append(badge, count)
    return item
  }
}

export function layerPanel(layers: readonly MapLayer[], changed: () => void): HTMLElement {
  const panel = document.createElement('details')
  panel.className = 'map-layers'
  const summary = document.createElement('summary')
  summary.textContent = words().map.layers
  panel.append(summary)
  for (const layer of layers) panel.append(layerChoice(layer, changed))
  return panel
}

function layerChoice(layer: MapLayer, changed: () => void): HTMLElement {
  const label = document.createElement('label')
  const box = document.createElement('input')
  box.type = 'checkbox'
  box.className = 'form-check-input'
  box.checked = layer.visible
  box.addEventListener('change', () => {
    layer.visible = box.checked
    for (const each of layer.layers) each.setVisible(box.checked)
    changed()
  })
  const source = document.createElement('small')
  source.textContent = layer.source + words().semicolon + words().map.features(countText(layer.count))
  label.append(box, layer.title, source)
  return label
}
