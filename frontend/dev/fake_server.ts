/**
 * Answers what the platform would, with made-up points and curves, so that an island can be
 * worked on without Django. Everything is synthetic; nothing here is shipped.
 */
import { createReadStream, existsSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { madeUpPoints, madeUpChange, madeUpSeries } from './made_up'

type Answer = (url: URL, request: IncomingMessage, response: ServerResponse) => void

export function fakeServer(staticFolder: string): Plugin {
  return {
    name: 'zhihuan-fake-server',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const url = new URL(request.url ?? '/', 'http://localhost')
        const answer = ANSWERS.find(([path]) => path.test(url.pathname))?.[1]
        if (url.pathname.startsWith('/static/')) {
          return sendFile(join(staticFolder, url.pathname.slice(8)), response)
        }
        return answer ? answer(url, request, response) : next()
      })
    },
  }
}

const ANSWERS: [RegExp, Answer][] = [
  [/^\/live\/points\.json$/, (url, _, response) => sendJson(response, madeUpPoints(countOf(url)))],
  [/^\/live\/stream$/, (_, request, response) => stream(request, response)],
  [/series\.json$/, (url, _, response) => sendJson(response, madeUpSeries(url.searchParams))],
  [/^\/live\/points\/[^/]+\/$/, (_, _request, response) => sendDetail(response)],
]

const countOf = (url: URL): number => Number(url.searchParams.get('count') ?? 800)

function sendJson(response: ServerResponse, body: unknown): void {
  response.setHeader('Content-Type', 'application/json')
  response.end(JSON.stringify(body))
}

function sendFile(path: string, response: ServerResponse): void {
  if (!existsSync(path)) {
    response.statusCode = 404
    response.end()
  } else createReadStream(path).pipe(response)
}

function stream(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Content-Type', 'text/event-stream')
  response.write('event: ping\ndata: {}\n\n')
  const timer = setInterval(() => {
    response.write(`event: points\ndata: ${JSON.stringify(madeUpChange())}\n\n`)
  }, 3000)
  request.on('close', () => clearInterval(timer))
}

function sendDetail(response: ServerResponse): void {
  response.setHeader('Content-Type', 'text/html; charset=utf-8')
  response.end(`<h2>模拟排口</h2>
    <div data-island="chart" data-series-url="/live/points/x/series.json" data-factor="w01018"
      data-factors='[{"code":"w01018","name":"化学需氧量","unit":"mg/L"}]' data-kind="hour"></div>`)
}
