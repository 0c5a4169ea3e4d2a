import type { FrameState } from 'ol/Map.js'
import { expect, it, vi } from 'vitest'
import { STATES, type PointState } from '../../live/states'
import type { Palette } from './palette'
import { PointsLayer } from './points_layer'
import { symbolRadius, type DrawnPoints } from './points_painter'

const colours = {
  halo: '#fff', select: '#00f', state: Object.fromEntries(STATES.map((s) => [s, s])),
  scale: 1,
} as unknown as Palette

interface Copy {
  what: string
  numbers: number[]
}

/** Canvases that note which bitmap was copied where; a copied sheet is called “sheet”. */
function watchCanvas(): Copy[] {
  const copied: Copy[] = []
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
        if (name !== 'drawImage') return target[name] ?? (() => undefined)
        return (image: HTMLCanvasElement, ...numbers: number[]) =>
          copied.push({ what: nameOf(image), numbers })
      },
    }) as never
  })
  return copied
}

function nameOf(image: HTMLCanvasElement): string {
  const { fillStyle, strokeStyle } = image.dataset
  return [fillStyle, strokeStyle].find((each) => STATES.includes(each as PointState)) ?? 'sheet'
}

/** A map of 100 × 100 pixels, one map unit a pixel at resolution 1, its centre where given. */
function frame(centreX = 50, centreY = -50, resolution = 1): FrameState {
  const scale = 1 / resolution
  return {
    pixelRatio: 1,
    size: [100, 100],
    viewState: { zoom: 10, center: [centreX, centreY], resolution },
    coordinateToPixelTransform: [
      scale, 0, 0, -scale, 50 - centreX * scale, 50 + centreY * scale,
    ],
  } as unknown as FrameState
}

function points(places: [PointState, number, number][]): DrawnPoints {
  const rowsOf = Object.fromEntries(STATES.map((state) => [state, [] as number[]])) as Record<
    PointState, number[]
  >
  places.forEach(([state], row) => rowsOf[state].push(row))
  return {
    x: Float64Array.from(places.map((each) => each[1])),
    y: Float64Array.from(places.map((each) => -each[2])),
    rowsOf,
  }
}

function layerWith(places: [PointState, number, number][]): PointsLayer {
  const layer = new PointsLayer(colours)
  layer.show(points(places))
  return layer
}

it('paints the most urgent last, so that it lies on top', () => {
  const copied = watchCanvas()
  layerWith([
    ['exceeding', 50, 50], ['normal', 50, 50], ['abnormal', 50, 50], ['offline', 50, 50],
  ]).render(frame())
  expect(copied.map((each) => each.what)).toEqual(['offline', 'normal', 'abnormal', 'exceeding'])
})

it('paints points of one state on one place once, but never hides another state', () => {
  const copied = watchCanvas()
  const crowd = Array.from({ length: 500 }, (): [PointState, number, number] => ['normal', 30, 30])
  layerWith([...crowd, ['exceeding', 30, 30]]).render(frame())
  expect(copied.map((each) => each.what)).toEqual(['normal', 'exceeding'])
})

it('leaves out what is off the screen or has no place', () => {
  const copied = watchCanvas()
  layerWith([['normal', 5000, 50], ['normal', NaN, NaN], ['normal', 10, 10]]).render(frame())
  expect(copied).toHaveLength(1)
})

it('moves one sheet while the view only moves, to the pixel', () => {
  const copied = watchCanvas()
  const layer = layerWith([['normal', 50, 50], ['normal', 110, 50]])
  layer.render(frame())
  copied.length = 0
  layer.render(frame())
  expect(copied.map((each) => each.what)).toEqual(['normal', 'normal', 'sheet'])
  const onSheet = copied[0]?.numbers ?? []
  const [sheetX = 0, sheetY = 0] = copied[2]?.numbers ?? []
  copied.length = 0
  layer.render(frame(57, -46))
  expect(copied.map((each) => each.what)).toEqual(['sheet'])
  const [movedX = 0, movedY = 0] = copied[0]?.numbers ?? []
  expect([movedX - sheetX, movedY - sheetY]).toEqual([7, -4])
  // the symbol's middle on the map: where the point is in the moved view
  const half = 50 - ((onSheet[0] ?? 0) - sheetX)
  expect((onSheet[0] ?? 0) + half - movedX).toBe(43)
})

it('paints a new sheet when the view leaves it, the points change or the colours do', () => {
  const copied = watchCanvas()
  const layer = layerWith([['normal', 50, 50]])
  const painted = (act: () => void): string[] => {
    copied.length = 0
    act()
    return copied.map((each) => each.what)
  }
  layer.render(frame())
  expect(painted(() => layer.render(frame()))).toEqual(['normal', 'sheet'])
  expect(painted(() => layer.render(frame(84)))).toEqual(['normal', 'sheet'])
  layer.show(points([['exceeding', 84, 50]]))
  expect(painted(() => layer.render(frame(84)))).toEqual(['exceeding', 'sheet'])
  layer.recolour(colours)
  expect(painted(() => layer.render(frame(84)))).toEqual(['exceeding', 'sheet'])
})

it('paints directly while the scale changes', () => {
  const copied = watchCanvas()
  const layer = layerWith([['normal', 50, 50]])
  for (const resolution of [1, 1.1, 1.2]) layer.render(frame(50, -50, resolution))
  expect(copied.map((each) => each.what)).toEqual(['normal', 'normal', 'normal'])
})

it('paints many points smaller than few, and larger when one looks closer', () => {
  expect(symbolRadius(10, 10_000)).toBeLessThan(symbolRadius(10, 100))
  expect(symbolRadius(14, 10_000)).toBeGreaterThan(symbolRadius(10, 10_000))
})
