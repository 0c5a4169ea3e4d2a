/**
 * What arrives on a page is heard and found: a refused form's summary takes the focus, and the count
 * of a list that came as a fragment is said aloud.
 *
 *   <div role="alert" tabindex="-1" data-focus-first>…</div>
 *   <p data-announce>共 12 条</p>
 */
import { announce } from '../page/announce'
import { firstTime } from '../page/once'

export function enhanceArrivals(root: ParentNode): void {
  firstTime(root, '[data-focus-first]', 'arrival')[0]?.focus()
  for (const said of firstTime(root, '[data-announce]', 'arrival')) {
    if (root !== document) announce(said.textContent?.trim() ?? '')
  }
}
