/**
 * Up and down arrows walk through the rows of a list of points, Home and End go to its ends.
 * Tab and Enter keep working as everywhere.
 *
 *   <table data-list-keys> … <a data-open-point href=…>
 */
import { firstTime } from '../page/once'

export function enhanceListKeys(root: ParentNode): void {
  for (const list of firstTime(root, '[data-list-keys], #point-list', 'list-keys')) {
    list.addEventListener('keydown', (event) => walk(list, event))
  }
}

function walk(list: HTMLElement, event: KeyboardEvent): void {
  const links = [...list.querySelectorAll<HTMLElement>('[data-open-point]')]
  const here = links.indexOf(document.activeElement as HTMLElement)
  if (here < 0) return
  const to = goal(event.key, here, links.length)
  if (to === null) return
  event.preventDefault()
  links[to]?.focus()
}

function goal(key: string, here: number, count: number): number | null {
  if (key === 'ArrowDown') return Math.min(here + 1, count - 1)
  if (key === 'ArrowUp') return Math.max(here - 1, 0)
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  return null
}
