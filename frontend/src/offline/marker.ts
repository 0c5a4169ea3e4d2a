/** Whether this browser ever took visits along: pages that never do need load nothing to find out. */
const MARK = 'zhihuan-visits'

export function markUsed(): void {
  localStorage.setItem(MARK, '1')
}

export function wasUsed(): boolean {
  return localStorage.getItem(MARK) !== null
}
