/**
 * Starts every small behaviour once, and again on each fragment that htmx brings.
 * A behaviour is one file with one exported function `(root: ParentNode) => void`;
 * it must be safe to run twice on the same element.
 */
import { enhanceDrawer } from '../behaviours/drawer'
import { enhanceElderSwitch } from '../behaviours/elder_switch'
import { enhanceListKeys } from '../behaviours/list_keys'
import { enhanceOnce } from '../behaviours/submit_once'
import { enhanceRelativeTimes } from '../behaviours/relative_time'
import { enhanceRequestErrors } from '../behaviours/request_error'
import { enhanceStream } from '../live/connection'
import { enhanceLiveList } from '../live/list'
import { enhanceThemeSwitch } from '../behaviours/theme_switch'
import { enhanceViewSwitch } from '../behaviours/view_switch'

const BEHAVIOURS: readonly ((root: ParentNode) => void)[] = [
  enhanceDrawer,
  enhanceElderSwitch,
  enhanceListKeys,
  enhanceLiveList,
  enhanceOnce,
  enhanceRelativeTimes,
  enhanceRequestErrors,
  enhanceStream,
  enhanceThemeSwitch,
  enhanceViewSwitch,
]

export function startBehaviours(): void {
  enhance(document)
  document.addEventListener('htmx:load', (event) => {
    if (event.target instanceof Element && event.target !== document.body) enhance(event.target)
  })
}

function enhance(root: ParentNode): void {
  for (const behaviour of BEHAVIOURS) behaviour(root)
}
