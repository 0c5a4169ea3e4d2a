/**
 * A list that arrives anew under the focus keeps it: on the link that leads where the last one led,
 * or, when the new list has no such link, on the list itself. htmx keeps it for elements with an id;
 * the links of rows have none, and a focus that falls to the page's top sends a reader without a mouse
 * through every control again.
 */
let listening = false
let lost: { list: string; href: string } | null = null

export function enhanceKeptFocus(_root: ParentNode): void {
  if (listening) return
  listening = true
  document.addEventListener('htmx:beforeSwap', remember)
  document.addEventListener('htmx:afterSettle', restore)
}

function remember(event: Event): void {
  const { target } = (event as CustomEvent<{ target: Element }>).detail
  const focused = document.activeElement
  lost = null
  if (!target.id || !focused || focused.id || !target.contains(focused)) return
  lost = { list: target.id, href: focused.getAttribute('href') ?? '' }
}

function restore(): void {
  if (!lost) return
  const { list, href } = lost
  lost = null
  const arrived = document.getElementById(list)
  if (!arrived || document.activeElement !== document.body) return
  const link = href && arrived.querySelector<HTMLElement>(`a[href="${CSS.escape(href)}"]`)
  if (link) return link.focus({ preventScroll: true })
  arrived.tabIndex = -1
  arrived.focus({ preventScroll: true })
}
