/**
 * The pages and scripts a phone keeps, one cache a matter and one for the list, named after the account:
 * `visit-<user>-<matter>`, `visit-<user>-home`. The service worker answers from them.
 */
const PREFIX = 'visit-'

export function cacheName(user: string, what: number | 'home'): string {
  return `${PREFIX}${user}-${what}`
}

/** Fetch and keep all of these, or none: a matter is wholly there or it is not. */
export async function keepPages(name: string, urls: string[]): Promise<void> {
  const answers = await Promise.all(urls.map(fetched))
  await caches.delete(name)
  const cache = await caches.open(name)
  await Promise.all(answers.map(([url, answer]) => cache.put(url, answer)))
}

async function fetched(url: string): Promise<[string, Response]> {
  const answer = await fetch(url, { credentials: 'same-origin' })
  // a page that leads to the sign-in is not the page
  if (!answer.ok || answer.redirected) throw new Error(`${url} was answered ${answer.status}`)
  return [url, answer]
}

export async function dropPages(name: string): Promise<void> {
  await caches.delete(name)
}

/** Every page kept for this account. */
export async function dropAllPages(user: string): Promise<void> {
  await dropWhere((name) => name.startsWith(`${PREFIX}${user}-`))
}

/** What others left: their pages are not to be opened by whoever signs in next. */
export async function dropPagesOfOthers(user: string): Promise<void> {
  await dropWhere((name) => name.startsWith(PREFIX) && !name.startsWith(`${PREFIX}${user}-`))
}

async function dropWhere(isUnwanted: (name: string) => boolean): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter(isUnwanted).map((name) => caches.delete(name)))
}
