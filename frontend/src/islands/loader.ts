/**
 * Finds `data-island` elements and hands each to its module, loaded only when one is there.
 *
 * The element's own content is the page without JavaScript; it stays in place until the island
 * has something better to show, and stays for good when the island fails.
 */
import { firstTime } from '../page/once'

export interface Island {
  /** Frees what the island holds when htmx takes its element away. */
  stop(): void
}
export type IslandStart = (element: HTMLElement) => Promise<Island> | Island

type IslandTable = Record<string, () => Promise<{ start: IslandStart }>>

const ISLANDS: IslandTable = {
  map: () => import('./map/index'),
  chart: () => import('./chart/index'),
  visits: () => import('./visits/index'),
}

const running = new Map<HTMLElement, Island>()

export function startIslands(root: ParentNode, islands = ISLANDS): void {
  mount(root, islands)
  document.addEventListener('htmx:load', (event) => {
    if (event.target instanceof Element) mount(event.target, islands)
  })
  document.addEventListener('htmx:beforeCleanupElement', (event) => {
    if (event.target instanceof HTMLElement) stop(event.target)
  })
}

function mount(root: ParentNode, islands: IslandTable): void {
  for (const element of firstTime(root, '[data-island]', 'island')) void begin(element, islands)
}

async function begin(element: HTMLElement, islands: IslandTable): Promise<void> {
  const load = islands[element.dataset['island'] ?? '']
  if (!load) {
    console.error(`no island “${element.dataset['island']}”; there are: ${Object.keys(islands)}`)
    return
  }
  try {
    const island = await (await load()).start(element)
    if (element.isConnected) running.set(element, island)
    else island.stop()
  } catch (error) {
    element.dataset['islandState'] = 'failed'
    console.error('the island did not start; its static content stays', error)
  }
}

function stop(element: HTMLElement): void {
  running.get(element)?.stop()
  running.delete(element)
}
