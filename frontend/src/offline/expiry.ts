/** Pages taken along are shown for so long as the platform allowed, then they go; what was written stays. */
import { leaveBehind } from './packing'
import { packsOf } from './store'

export function isExpired(pack: { until: number }, nowMs: number = Date.now()): boolean {
  return pack.until * 1000 <= nowMs
}

export async function tidyExpired(user: string): Promise<void> {
  for (const pack of await packsOf(user)) if (isExpired(pack)) await leaveBehind(pack)
}
