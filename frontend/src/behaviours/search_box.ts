/**
 * The search box with its suggestions, as an ARIA combobox: arrows walk the options, Enter opens the
 * chosen one (or sends the form), Escape closes, `/` anywhere on the page goes to the box. htmx brings
 * the options; without scripts the box is a plain form.
 *
 *   <form><input type="search" data-search-box data-options="ID"> … <div id="ID" role="listbox" hidden></form>
 *   options: <a role="option" id="…" tabindex="-1" aria-selected="false" href="…">
 */
import { announce } from '../page/announce'
import { firstTime } from '../page/once'

let listening = false

export function enhanceSearchBoxes(root: ParentNode): void {
  for (const box of firstTime(root, 'input[data-search-box]', 'search-box')) {
    const options = document.getElementById(box.dataset.options ?? '')
    if (options) combine(box as HTMLInputElement, options)
  }
  listenForSlash()
}

function combine(box: HTMLInputElement, options: HTMLElement): void {
  box.setAttribute('role', 'combobox')
  box.setAttribute('aria-autocomplete', 'list')
  box.setAttribute('aria-controls', options.id)
  box.setAttribute('aria-expanded', 'false')
  options.addEventListener('htmx:afterSwap', () => show(box, options))
  box.addEventListener('keydown', (event) => onKey(event, box, options))
  box.addEventListener('focus', () => show(box, options))
  box.form?.addEventListener('focusout', (event) => {
    if (!box.form?.contains(event.relatedTarget as Node | null)) close(box, options)
  })
}

function onKey(event: KeyboardEvent, box: HTMLInputElement, options: HTMLElement): void {
  if (event.isComposing) return
  const chosen = options.querySelector<HTMLElement>('[aria-selected="true"]')
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault()
    show(box, options)
    step(box, options, event.key === 'ArrowDown' ? 1 : -1)
  } else if (event.key === 'Enter' && chosen && !options.hidden) {
    event.preventDefault()
    chosen.click()
  } else if (event.key === 'Escape' && !options.hidden) {
    event.preventDefault()
    event.stopPropagation()
    close(box, options)
  }
}

function step(box: HTMLInputElement, options: HTMLElement, by: number): void {
  const all = [...options.querySelectorAll<HTMLElement>('[role="option"]')]
  if (!all.length || options.hidden) return
  const here = all.findIndex((option) => option.getAttribute('aria-selected') === 'true')
  // before the first and behind the last lies the box itself
  const to = ((here + 1 + by + all.length + 1) % (all.length + 1)) - 1
  all.forEach((option, at) => option.setAttribute('aria-selected', String(at === to)))
  const chosen = all[to]
  if (!chosen) {
    box.removeAttribute('aria-activedescendant')
    return
  }
  box.setAttribute('aria-activedescendant', chosen.id)
  chosen.scrollIntoView?.({ block: 'nearest' })
}

function show(box: HTMLInputElement, options: HTMLElement): void {
  const has = options.childElementCount > 0 && box.value.trim() !== ''
  if (!has || document.activeElement !== box) {
    close(box, options)
    return
  }
  if (options.hidden) options.hidden = false
  box.setAttribute('aria-expanded', 'true')
  const said = options.querySelector('[data-search-said]')?.textContent?.trim()
  if (said) announce(said)
}

function close(box: HTMLInputElement, options: HTMLElement): void {
  options.hidden = true
  box.setAttribute('aria-expanded', 'false')
  box.removeAttribute('aria-activedescendant')
  for (const option of options.querySelectorAll('[aria-selected="true"]')) {
    option.setAttribute('aria-selected', 'false')
  }
}

function listenForSlash(): void {
  if (listening) return
  listening = true
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
    if ((event.target as Element).closest?.('input, textarea, select, [contenteditable]')) return
    const box = [...document.querySelectorAll<HTMLInputElement>('input[data-search-box]')].find(
      (each) => each.checkVisibility?.() ?? true,
    )
    if (!box) return
    event.preventDefault()
    box.focus()
    box.select()
  })
}
