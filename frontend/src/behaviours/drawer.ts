/**
 * The drawer at the right: opens when a fragment arrives in it, takes the focus, gives it back.
 *
 *   <aside id="drawer" class="drawer" hidden aria-label="点位详情">
 *     <button type="button" data-drawer-close>关闭</button>
 *     <div id="drawer-body"></div>
 *   </aside>
 *
 * Not a dialog: the page behind stays usable, and Escape or the button closes it.
 */
import { hear, tell } from '../live/events'
import { firstTime } from '../page/once'

export function enhanceDrawer(root: ParentNode): void {
  for (const drawer of firstTime(root, '.drawer', 'drawer')) new Drawer(drawer)
}

class Drawer {
  private cameFrom: HTMLElement | null = null

  constructor(private readonly element: HTMLElement) {
    element.querySelector('[data-drawer-close]')?.addEventListener('click', () => this.close())
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !element.hidden) this.close()
    })
    document.addEventListener('htmx:beforeRequest', (event) => this.remember(event))
    element.addEventListener('htmx:afterSwap', () => this.open())
    hear('zhihuan:select', ({ code }) => {
      if (code === null) this.hide()
    })
  }

  private remember(event: Event): void {
    const target = (event as CustomEvent<{ target?: Element }>).detail.target
    if (!target || !this.element.contains(target) || this.element.contains(document.activeElement))
      return
    this.cameFrom = document.activeElement as HTMLElement | null
  }

  private open(): void {
    const wasClosed = this.element.hidden
    this.element.hidden = false
    document.documentElement.classList.add('has-drawer')
    if (wasClosed) tell('zhihuan:drawer', { open: true })
    if (!wasClosed && this.element.contains(document.activeElement)) return
    const heading = this.element.querySelector<HTMLElement>('h1, h2, [data-drawer-focus]')
    if (!heading) return
    heading.tabIndex = -1
    heading.focus({ preventScroll: true })
    this.element.scrollTop = 0
  }

  private close(): void {
    this.hide()
    tell('zhihuan:select', { code: null, by: 'drawer' })
    if (this.cameFrom?.isConnected) this.cameFrom.focus()
  }

  private hide(): void {
    if (this.element.hidden) return
    this.element.hidden = true
    document.documentElement.classList.remove('has-drawer')
    tell('zhihuan:drawer', { open: false })
  }
}
