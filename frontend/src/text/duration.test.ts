import { expect, it } from 'vitest'
import { agoText } from './duration'

it.each([
  [-30, '刚刚'],
  [59, '刚刚'],
  [60, '1 分钟前'],
  [3599, '59 分钟前'],
  [3600, '1 小时前'],
  [86_400 * 3 + 5, '3 天前'],
])('%d seconds ago reads “%s”', (seconds, text) => {
  expect(agoText(seconds)).toBe(text)
})
