/**
 * The service worker of the visits: with a network a page is the platform's, without one it is the one
 * that was taken along. It stores nothing itself, knows no account and sends nothing; other pages of the
 * platform lie beyond its reach. It imports nothing, so that it is one file.
 */
interface WaitingEvent extends Event { waitUntil(until: Promise<unknown>): void }
interface FetchingEvent extends Event { readonly request: Request; respondWith(answer: Promise<Response>): void }
/** What is used of the worker's own global; its library cannot stand beside that of pages. */
interface Worker {
  readonly location: Location
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(name: 'install' | 'activate', act: (event: WaitingEvent) => void): void
  addEventListener(name: 'fetch', act: (event: FetchingEvent) => void): void
}
const worker = self as unknown as Worker

const PREFIX = 'visit-'
const UNTIL = 'X-Visit-Until'
const HOME = '/visits/'
/** A network that answers later than this is none. */
const PATIENCE_MS = 6000

worker.addEventListener('install', () => void worker.skipWaiting())
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))
worker.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET' || new URL(request.url).origin !== worker.location.origin) return
  if (request.mode === 'navigate') event.respondWith(page(request))
  else if (new URL(request.url).pathname.startsWith('/static/')) event.respondWith(asset(request))
})

async function page(request: Request): Promise<Response> {
  try {
    const answer = await patiently(fetch(request))
    if (answer.status < 500) return answer
    return (await kept(request)) ?? answer
  } catch (error) {
    const found = (await kept(request)) ?? (await kept(new Request(HOME)))
    if (found) return found
    throw error
  }
}

function patiently(answer: Promise<Response>): Promise<Response> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer')), PATIENCE_MS)
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

async function asset(request: Request): Promise<Response> {
  return (await found(request)) ?? fetch(request)
}

/** The page as it was taken along, while it may be shown. */
async function kept(request: Request): Promise<Response | undefined> {
  const answer = await found(request)
  const until = Number(answer?.headers.get(UNTIL) ?? Infinity)
  return until * 1000 > Date.now() ? answer : undefined
}

async function found(request: Request): Promise<Response | undefined> {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX)) continue
    const answer = await (await caches.open(name)).match(request, { ignoreSearch: true, ignoreVary: true })
    if (answer) return answer
  }
  return undefined
}

export {}
