/**
 * A menu is a `<details>`, which opens and closes without scripts. With them a second menu closes
 * the first, Escape closes it and gives the focus back, and so does a click elsewhere.
 *
 *   <details class="menu" data-menu><summary>…</summary><div class="menu-body">…</div></details>
 */
import { firstTime } from '../page/once'

let listening = false

export function enhanceMenus(root: ParentNode): void {
  for (const menu of firstTime(root, 'details[data-menu]', 'menu') as HTMLDetailsElement[]) {
    menu.addEventListener('toggle', () => {
      if (menu.open) closeOthers(menu)
    })
    menu.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !menu.open) return
      event.stopPropagation()
      menu.open = false
      menu.querySelector('summary')?.focus()
    })
  }
  listen()
}

function listen(): void {
  if (listening) return
  listening = true
  document.addEventListener('click', (event) => {
    closeOthers((event.target as Element).closest?.('details[data-menu]') ?? null)
  })
}

function closeOthers(kept: Element | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('details[data-menu][open]')) {
    if (menu !== kept && !menu.contains(kept)) menu.open = false
  }
}
