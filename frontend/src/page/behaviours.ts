/**
 * Starts every small behaviour once, and again on each fragment that htmx brings.
 * A behaviour is one file with one exported function `(root: ParentNode) => void`;
 * it must be safe to run twice on the same element.
 */
import { enhanceArrivals } from '../behaviours/arrival'
import { enhanceChoosing } from '../behaviours/choose_rows'
import { enhanceConfirming } from '../behaviours/confirm_act'
import { enhanceDialogs } from '../behaviours/dialog'
import { enhanceDrawer } from '../behaviours/drawer'
import { enhanceElderSwitch } from '../behaviours/elder_switch'
import { enhanceKeptFocus } from '../behaviours/keep_focus'
import { enhanceListKeys } from '../behaviours/list_keys'
import { enhanceMenus } from '../behaviours/menu'
import { enhanceOneByOne } from '../behaviours/one_by_one'
import { enhanceOnce } from '../behaviours/submit_once'
import { enhancePhotoPlaces } from '../behaviours/photo_place'
import { enhanceRelativeTimes } from '../behaviours/relative_time'
import { enhanceRequestErrors } from '../behaviours/request_error'
import { enhanceSearchBoxes } from '../behaviours/search_box'
import { enhanceSessionEnd } from '../behaviours/session_end'
import { enhanceSigningOut } from '../behaviours/signing_out'
import { enhanceSignatures } from '../behaviours/signature_pad'
import { enhanceStream } from '../live/connection'
import { enhanceLiveList } from '../live/list'
import { enhanceSecurityKey } from '../behaviours/security_key'
import { enhanceThemeSwitch } from '../behaviours/theme_switch'
import { enhanceToasts } from '../behaviours/toast'
import { enhanceViewSwitch } from '../behaviours/view_switch'

const BEHAVIOURS: readonly ((root: ParentNode) => void)[] = [
  enhanceArrivals,
  enhanceChoosing,
  enhanceConfirming,
  enhanceDialogs,
  enhanceDrawer,
  enhanceElderSwitch,
  enhanceKeptFocus,
  enhanceListKeys,
  enhanceLiveList,
  enhanceMenus,
  enhanceOneByOne,
  enhanceOnce,
  enhancePhotoPlaces,
  enhanceRelativeTimes,
  enhanceRequestErrors,
  enhanceSecurityKey,
  enhanceSearchBoxes,
  enhanceSessionEnd,
  enhanceSigningOut,
  enhanceSignatures,
  enhanceStream,
  enhanceThemeSwitch,
  enhanceToasts,
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
