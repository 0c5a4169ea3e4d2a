/** Elements below (and including) a root that match and were not yet given this behaviour. */
export function firstTime(root: ParentNode, selector: string, behaviour: string): HTMLElement[] {
  const found = [...root.querySelectorAll<HTMLElement>(selector)]
  if (root instanceof HTMLElement && root.matches(selector)) found.unshift(root)
  return found.filter((element) => mark(element, behaviour))
}

const given = new WeakMap<HTMLElement, Set<string>>()

function mark(element: HTMLElement, behaviour: string): boolean {
  const names = given.get(element) ?? new Set<string>()
  if (names.has(behaviour)) return false
  given.set(element, names.add(behaviour))
  return true
}
