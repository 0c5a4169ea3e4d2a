/**
 * The chart island: one factor of one point, the device's values beside our own statistics.
 *
 *   <div data-island="chart" data-series-url="/live/points/CODE/series.json"
 *        data-factors='[{"code":"w01018","name":"化学需氧量","unit":"mg/L"}]'
 *        data-factor="w01018" data-kind="hour">table of the latest rows</div>
 *
 * It computes no statistic: what it draws is what the server sent, extremes included.
 */
import './chart.css'
import type { Island } from '../loader'
import { chartOptions } from './options'
import { ChartPanel } from './panel'

export async function start(element: HTMLElement): Promise<Island> {
  const panel = new ChartPanel(chartOptions(element))
  const fallback = [...element.childNodes]
  element.append(panel.element)
  await panel.load()
  for (const node of fallback) node.remove()
  return panel
}
