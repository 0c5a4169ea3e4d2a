import { beforeEach, expect, it } from 'vitest'
import { enhanceSignatures } from './signature_pad'

beforeEach(() => {
  document.body.innerHTML = `<form><div data-signature>
    <input type="hidden" name="signed" value="" data-signature-value>
    <canvas width="640" height="240" hidden></canvas>
    <p hidden><button type="button" data-signature-clear></button><span data-signature-told></span></p></div></form>`
  canvas().getBoundingClientRect = () => ({ left: 10, top: 20, width: 320, height: 120 }) as DOMRect
  enhanceSignatures(document)
})

const canvas = (): HTMLCanvasElement => document.querySelector('canvas')!
const field = (): HTMLInputElement => document.querySelector('input')!

function pen(kind: string, x: number, y: number, at: number): void {
  const event = new Event(kind, { bubbles: true, cancelable: true })
  Object.assign(event, { clientX: x, clientY: y, button: 0, pointerId: 1 })
  Object.defineProperty(event, 'timeStamp', { value: at })
  canvas().dispatchEvent(event)
}

function write(at: number): void {
  pen('pointerdown', 20, 40, at)
  pen('pointermove', 30, 50, at + 16)
  pen('pointermove', 30, 50, at + 20)
  pen('pointermove', 40, 60, at + 32)
  pen('pointerup', 40, 60, at + 40)
}

it('shows the pad where scripts run', () => {
  expect(canvas().hidden).toBe(false)
})

it('keeps each point in the pad’s own measure with its time', () => {
  write(1000)
  write(1500)
  const told = JSON.parse(field().value)
  expect([told.width, told.height]).toEqual([640, 240])
  expect(told.strokes[0]).toEqual([
    [20, 40, 0],
    [40, 60, 16],
    [60, 80, 32],
  ])
  expect(told.strokes[1][0]).toEqual([20, 40, 500])
  expect(Number.isNaN(Date.parse(told.began))).toBe(false)
})

it('never lets times run backwards', () => {
  write(1000)
  write(900)
  const times = JSON.parse(field().value).strokes.flat().map((each: number[]) => each[2])
  expect(times).toEqual([...times].sort((a, b) => a - b))
})

it('keeps a point outside the pad on its edge', () => {
  pen('pointerdown', 20, 40, 0)
  pen('pointermove', 5000, -90, 10)
  pen('pointerup', 0, 0, 20)
  expect(JSON.parse(field().value).strokes[0][1]).toEqual([640, 0, 10])
})

it('tells the form when something was written, and forgets it when cleared', () => {
  const told: string[] = []
  document.querySelector('form')!.addEventListener('input', () => told.push(field().value))
  write(1000)
  expect(told.at(-1)).toContain('strokes')
  document.querySelector<HTMLButtonElement>('[data-signature-clear]')!.click()
  expect(told.at(-1)).toBe('')
  write(5000)
  expect(JSON.parse(field().value).strokes).toHaveLength(1)
})

it('goes on after what was written before the page was left', () => {
  const before = { width: 640, height: 240, began: '2026-02-13T02:30:00.000Z', strokes: [[[1, 1, 0], [2, 2, 700]]] }
  document.body.innerHTML = `<div data-signature><input type="hidden" value='${JSON.stringify(before)}' data-signature-value>
    <canvas width="640" height="240" hidden></canvas></div>`
  enhanceSignatures(document)
  write(50)
  const told = JSON.parse(field().value)
  expect(told.began).toBe(before.began)
  expect(told.strokes).toHaveLength(2)
  expect(told.strokes[1][0][2]).toBeGreaterThanOrEqual(700)
})
