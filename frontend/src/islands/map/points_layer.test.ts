import { expect, it, vi } from 'vitest'
import type { FrameState } from 'ol/Map.js'
import { STATES, type PointState } from '../../live/states'
import { PointsLayer, type DrawnPoints } from './points_layer'
import type { Palette } from './palette'

const colours = {
  halo: '#fff', select: '#00f', state: Object.fromEntries(STATES.map((s) => [s, s])),
} as unknown as Palette

/** A canvas that notes which bitmap was copied where. */
function watchCanvas(): { state: string; x: number; y: number }[] {
  const copied: { state: string; x: number; y: number }[] = []
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation(function (
    this: HTMLCanvasElement,
  ) {
    const canvas = this
    return new Proxy({} as Record<string | symbol, unknown>, {
      set(target, name, value) {
        if (name === 'fillStyle' || name === 'strokeStyle') canvas.dataset[String(name)] = value
        target[name] = value
        return true
      },
      get: (target, name) => {
        if (name === 'drawImage') {
          return (image: HTMLCanvasElement, x: number, y: number) =>
            copied.push({ state: stateOf(image), x, y })
        }
        return target[name] ?? (() => undefined)
      },
    }) as never
  })
  return copied
}

const stateOf = (image: HTMLCanvasElement): string =>
  STATES.includes(image.dataset['fillStyle'] as PointState)
    ? (image.dataset['fillStyle'] as string)
    : (image.dataset['strokeStyle'] ?? '')

const frame = {
  pixelRatio: 1, size: [100, 100], viewState: { zoom: 10 },
  coordinateToPixelTransform: [1, 0, 0, 1, 0, 0],
} as unknown as FrameState

function points(places: [PointState, number, number][]): DrawnPoints {
  const rowsOf = Object.fromEntries(STATES.map((state) => [state, [] as number[]])) as Record<
    PointState, number[]
  >
  places.forEach(([state], row) => rowsOf[state].push(row))
  return {
    x: Float64Array.from(places.map((each) => each[1])),
    y: Float64Array.from(places.map((each) => each[2])),
    rowsOf,
  }
}

it('draws the most urgent last, so that it lies on top', () => {
  const copied = watchCanvas()
  const layer = new PointsLayer(colours)
  layer.show(points([['exceeding', 50, 50], ['normal', 50, 50], ['abnormal', 50, 50], ['offline', 50, 50]]))
  layer.render(frame)
  expect(copied.map((each) => each.state)).toEqual(['offline', 'normal', 'abnormal', 'exceeding'])
})

it('copies points of one state on one place once, but never hides another state', () => {
  const copied = watchCanvas()
  const layer = new PointsLayer(colours)
  const crowd = Array.from({ length: 500 }, (): [PointState, number, number] => ['normal', 30, 30])
  layer.show(points([...crowd, ['exceeding', 30, 30]]))
  layer.render(frame)
  expect(copied.map((each) => each.state)).toEqual(['normal', 'exceeding'])
})

it('leaves out what is off the screen or has no place', () => {
  const copied = watchCanvas()
  const layer = new PointsLayer(colours)
  layer.show(points([['normal', 5000, 50], ['normal', NaN, NaN], ['normal', 10, 10]]))
  layer.render(frame)
  expect(copied).toHaveLength(1)
})

it('draws many points smaller than few, and larger when one looks closer', () => {
  expect(PointsLayer.radius(10, 10_000)).toBeLessThan(PointsLayer.radius(10, 100))
  expect(PointsLayer.radius(14, 10_000)).toBeGreaterThan(PointsLayer.radius(10, 10_000))
})
