import { expect, it } from 'vitest'
import { NearestPoint } from './nearest'

function bruteForce(x: Float64Array, y: Float64Array, px: number, py: number, reach: number) {
  let best: number | null = null
  let least = reach * reach
  x.forEach((each, i) => {
    const squared = (each - px) ** 2 + ((y[i] as number) - py) ** 2
    if (squared <= least) [best, least] = [i, squared]
  })
  return best
}

it('finds what a look at every point would find', () => {
  let seed = 7
  const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647
  const x = Float64Array.from({ length: 3000 }, () => 50_000 * random() - 25_000)
  const y = Float64Array.from({ length: 3000 }, () => 50_000 * random() - 25_000)
  const nearest = new NearestPoint(x, y)
  for (let i = 0; i < 300; i += 1) {
    const place = [50_000 * random() - 25_000, 50_000 * random() - 25_000] as const
    const found = nearest.find(...place, 600)
    expect(found).toBe(bruteForce(x, y, ...place, 600))
  }
})

it('finds nothing beyond its reach, and nothing among no points', () => {
  expect(new NearestPoint(Float64Array.of(0), Float64Array.of(0)).find(0, 11, 10)).toBeNull()
  expect(new NearestPoint(new Float64Array(0), new Float64Array(0)).find(0, 0, 10)).toBeNull()
})

it('never finds a point whose place is unknown', () => {
  expect(new NearestPoint(Float64Array.of(NaN), Float64Array.of(NaN)).find(0, 0, 1e6)).toBeNull()
})
