/**
 * On a narrow screen the live page shows either the list or the map; these buttons choose.
 * On a wide screen the style sheet shows both and hides the buttons.
 *
 *   <div data-view-switch="#live" hidden>
 *     <button type="button" data-view="list" aria-pressed="true">列表</button>
 *     <button type="button" data-view="map" aria-pressed="false">地图</button>
 *   </div>
 */
import { firstTime } from '../page/once'

export function enhanceViewSwitch(root: ParentNode): void {
  for (const bar of firstTime(root, '[data-view-switch]', 'view-switch')) {
    bar.hidden = false
    const page = document.querySelector<HTMLElement>(bar.dataset['viewSwitch'] ?? '')
    if (!page) continue
    bar.addEventListener('click', (event) => {
      const button = (event.target as Element).closest<HTMLElement>('[data-view]')
      if (button) choose(bar, page, button.dataset['view'] ?? 'list')
    })
    choose(bar, page, page.dataset['view'] ?? 'list')
  }
}

function choose(bar: HTMLElement, page: HTMLElement, view: string): void {
  page.dataset['view'] = view
  document.documentElement.classList.toggle('shows-map', view === 'map')
  for (const button of bar.querySelectorAll<HTMLElement>('[data-view]')) {
    button.setAttribute('aria-pressed', String(button.dataset['view'] === view))
  }
  window.dispatchEvent(new Event('resize'))
}
