/** The small card beside a point under the pointer. Text only; never interactive. */
import type { Points } from '../../live/points'
import { stateName } from '../../live/states'
import { agoText } from '../../text/duration'
import { words } from '../../text/words'

export class PointTooltip {
  private readonly box = document.createElement('div')

  constructor(
    private readonly frame: HTMLElement,
    private readonly kindNames: ReadonlyMap<string, string>,
  ) {
    this.box.className = 'map-tooltip'
    this.box.hidden = true
    frame.append(this.box)
  }

  show(points: Points, row: number, pixel: readonly number[]): void {
    this.box.replaceChildren(...lines(points, row, this.kindNames))
    this.box.hidden = false
    this.place(pixel[0] ?? 0, pixel[1] ?? 0)
  }

  hide(): void {
    this.box.hidden = true
  }

  private place(x: number, y: number): void {
    const { clientWidth, clientHeight } = this.frame
    const left = x + 14 + this.box.offsetWidth > clientWidth ? x - 14 - this.box.offsetWidth : x + 14
    const top = Math.min(y + 10, clientHeight - this.box.offsetHeight - 4)
    this.box.style.transform = `translate(${Math.max(4, left)}px, ${Math.max(4, top)}px)`
  }
}

function lines(
  points: Points, row: number, kindNames: ReadonlyMap<string, string>,
): HTMLElement[] {
  const { name, kind, town, state, headline, lastSeen } = points.columns
  const at = state[row] ?? 'offline'
  const seen = lastSeen[row]
  const kindName = kindNames.get(kind[row] ?? '') ?? kind[row]
  const badge = line('state', stateName(at))
  badge.dataset['state'] = at
  return [
    line('map-tooltip-name', name[row] ?? ''),
    badge,
    line('map-tooltip-kind', [kindName, town[row]].filter(Boolean).join(' · ')),
    line('map-tooltip-value', headline[row] || words().map.noData),
    line('map-tooltip-seen', seen ? lastSeenText(seen) : words().map.neverSeen),
  ]
}

function lastSeenText(at: number): string {
  return words().map.lastSeen(agoText(Date.now() / 1000 - at))
}

function line(className: string, text: string): HTMLElement {
  const element = document.createElement('span')
  element.className = className
  element.textContent = text
  return element
}
