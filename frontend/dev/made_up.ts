/** Made-up answers of the fake server: repeatable for one count, plausible, and labelled 模拟. */
const STATES = ['normal', 'normal', 'normal', 'normal', 'exceeding', 'abnormal', 'offline']
const KINDS = ['污水排口', '废气排口', '空气站', '河道断面', '噪声点']
const TOWNS = ['石岐街道', '小榄镇', '三角镇', '坦洲镇', '南朗街道']

function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return state / 2 ** 32
  }
}

const now = (): number => Math.floor(Date.now() / 1000)
const pick = <T>(list: readonly T[], chance: number): T => list[Math.floor(chance * list.length)] as T

export function madeUpPoints(count: number) {
  const next = random(count)
  const rows = Array.from({ length: count }, (_, i) => ({
    code: `P${i}`,
    name: `模拟点位 ${i}`,
    kind: pick(KINDS, next()),
    town: pick(TOWNS, next()),
    lon: 113.25 + 0.32 * next(),
    lat: 22.25 + 0.48 * next(),
    state: pick(STATES, next()),
    lastSeen: now() - Math.floor(3600 * next()),
    headline: `COD ${(80 * next()).toFixed(1)} mg/L`,
  }))
  return answer(rows, count)
}

export function madeUpChange() {
  const i = Math.floor(Math.random() * 800)
  const row = madeUpPoints(800).columns
  const at = <T>(column: T[]): T[] => [column[i] as T]
  const columns = Object.fromEntries(Object.entries(row).map(([name, column]) => [name, at(column as unknown[])]))
  return { asOf: new Date().toISOString(), total: 800, counts: {}, columns: { ...columns, state: ['exceeding'] } }
}

function answer(rows: Record<string, unknown>[], total: number) {
  const names = Object.keys(rows[0] ?? {})
  const columns = Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])]))
  const counts = Object.fromEntries(
    [...new Set(STATES)].map((state) => [state, rows.filter((row) => row['state'] === state).length]),
  )
  return { asOf: new Date().toISOString(), total, counts, columns: columns as Record<string, unknown[]> }
}

const STEPS: Record<string, number> = { realtime: 60, minute: 600, hour: 3600, day: 86_400 }

export function madeUpSeries(query: URLSearchParams) {
  const step = STEPS[query.get('kind') ?? 'hour'] ?? 3600
  const from = Math.ceil(Date.parse(query.get('from') ?? '') / 1000 / step) * step
  const to = Date.parse(query.get('to') ?? '') / 1000
  const t = Array.from({ length: Math.floor((to - from) / step) }, (_, i) => from + i * step)
    .filter((time) => (time / step) % 97 > 4)
  const value = t.map((time) => 30 + 12 * Math.sin(time / 20_000) + 4 * Math.sin(time / 777))
  return {
    factor: { code: 'w01018', name: '化学需氧量', unit: 'mg/L', decimals: 1 },
    limits: [{ from: null, to: null, upper: 42, lower: null, basis: 'GB 18918-2002', clause: '表 1 一级 A' }],
    t,
    value,
    min: value.map((each) => each - 3),
    max: value.map((each) => each + 4),
    flag: t.map((time) => ((time / step) % 50 < 6 ? ((time / step) % 100 < 50 ? 'M' : 'D') : 'N')),
    ours: {
      t: t.slice(5),
      value: value.slice(5).map((each, i) => (i % 31 === 0 ? each * 1.1 : each)),
      valid: t.slice(5).map((_, i) => i % 23 !== 0),
      rule: t.slice(5).map(() => 'hj212-2017'),
    },
    bucketSeconds: 0,
    timeMeaning: 'start',
  }
}
