// @vitest-environment node
/**
 * Page weight: what a page costs on the wire, printed, and refused over budget.
 * Builds the real bundle; counts what the entry, the map and the chart each bring, gzipped.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type Manifest } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'

const BUDGETS_KIB = { page: 150, map: 180, chart: 200, visits: 20, worker: 2 }
/** What the entry brings only where it is needed. */
const ON_DEMAND = ['islands/map/index.ts', 'islands/chart/index.ts', 'islands/visits/index.ts', 'offline/leaving.ts']
const folder = mkdtempSync(join(tmpdir(), 'zhihuan-budget-'))
let manifest: Manifest

beforeAll(async () => {
  const configFile = new URL('../vite.config.ts', import.meta.url).pathname
  await build({ configFile, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } })
  manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf-8')) as Manifest
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true }))

function filesOf(key: string): Set<string> {
  const chunk = manifest[key]
  if (!chunk) throw new Error(`${key} is not in the manifest: ${Object.keys(manifest).join(', ')}`)
  const imported = (chunk.imports ?? []).flatMap((each) => [...filesOf(each)])
  return new Set([chunk.file, ...(chunk.css ?? []), ...imported])
}

function kib(files: Iterable<string>): number {
  const bytes = [...files].map((file) => gzipSync(readFileSync(join(folder, file)), { level: 6 }).length)
  return bytes.reduce((sum, each) => sum + each, 0) / 1024
}

function extra(key: string): number {
  const page = filesOf('main.ts')
  return kib([...filesOf(key)].filter((file) => !page.has(file)))
}

it('keeps every page, the islands and the worker within their budgets', () => {
  const weights = {
    page: kib(filesOf('main.ts')),
    map: extra('islands/map/index.ts'),
    chart: extra('islands/chart/index.ts'),
    visits: extra('islands/visits/index.ts'),
    worker: kib(filesOf('offline/worker.ts')),
  }
  for (const [name, weight] of Object.entries(weights)) {
    console.log(`${name}: ${weight.toFixed(1)} KiB gzip of ${BUDGETS_KIB[name as keyof typeof weights]}`)
  }
  expect(weights.page).toBeLessThanOrEqual(BUDGETS_KIB.page)
  expect(weights.map).toBeLessThanOrEqual(BUDGETS_KIB.map)
  expect(weights.chart).toBeLessThanOrEqual(BUDGETS_KIB.chart)
  expect(weights.visits).toBeLessThanOrEqual(BUDGETS_KIB.visits)
  expect(weights.worker).toBeLessThanOrEqual(BUDGETS_KIB.worker)
})

it('leaves nothing that nobody loads: no chunk outside the page, the islands and the worker', () => {
  const known = ['main.ts', 'offline/worker.ts', ...ON_DEMAND].flatMap((key) => [...filesOf(key)])
  const stray = readdirSync(folder).filter((file) => file !== 'manifest.json' && !known.includes(file))
  expect(stray).toEqual([])
})

it('makes the service worker one file that imports nothing and exports nothing', () => {
  const file = manifest['offline/worker.ts']?.file ?? ''
  expect(manifest['offline/worker.ts']?.imports ?? []).toEqual([])
  expect(readFileSync(join(folder, file), 'utf-8')).not.toMatch(/\b(import|export)\b/)
})

it('lets nobody import the entry: a second, hashed name of it would run it twice', () => {
  const importers = Object.values(manifest).filter((chunk) => chunk.imports?.includes('main.ts'))
  expect(importers).toEqual([])
})

it('ships no style that a strict content security policy would refuse', () => {
  const scripts = readdirSync(folder).filter((file) => file.startsWith('page-') && file.endsWith('.js'))
  const text = scripts.map((file) => readFileSync(join(folder, file), 'utf-8')).join('')
  expect(text).toMatch(/includeIndicatorStyles\s*=\s*(false|!1)/)
  expect(text).toMatch(/allowEval\s*=\s*(false|!1)/)
})
