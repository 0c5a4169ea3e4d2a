/** A measured value for people: fixed decimals of its factor, “—” when there is none. */
export function valueText(value: number | null | undefined, decimals: number): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '—'
  return value.toFixed(decimals)
}

/** 12345 -> “12,345”; counts only. */
export function countText(count: number): string {
  return count.toLocaleString('en-US')
}
