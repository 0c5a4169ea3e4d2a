import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { chartKey } from '../islands/chart/key'
import { parseSeries } from '../islands/chart/series'
import { answer } from '../islands/chart/series.sample'
import { summaryText } from '../islands/chart/summary'
import { stateName } from '../live/states'
import { agoText } from './duration'
import { words } from './words'
import { EN } from './words/en'
import { ZH_CN } from './words/zh_cn'

// letters and punctuation; the full-width plus and minus of a button are signs of no language
const CHINESE = /[\u3000-\u303f\u3400-\u9fff\uff08\uff09\uff0c\uff1a\uff1b]/
const SOURCE = join(import.meta.dirname, '..')

afterEach(() => {
  document.documentElement.lang = ''
})

/** Every text of a catalogue; texts with places are filled with numbers. */
function texts(catalogue: unknown): string[] {
  if (typeof catalogue === 'string') return [catalogue]
  if (typeof catalogue === 'function') return [String(catalogue('1', '2', '3', '4'))]
  return Object.values(catalogue as object).flatMap(texts)
}

describe('the words of scripts', () => {
  it('follow the language of the page, Chinese where there is no other', () => {
    for (const [lang, expected] of [['zh-CN', ZH_CN], ['en', EN], ['en-GB', EN], ['fr', ZH_CN]] as const) {
      document.documentElement.lang = lang
      expect(words()).toBe(expected)
    }
  })

  it('are the same in number in both languages, and English is English', () => {
    expect(texts(EN)).toHaveLength(texts(ZH_CN).length)
    expect(texts(EN).filter((text) => CHINESE.test(text))).toEqual([])
    expect(texts(EN).filter((text) => text.trim() === '' && text !== EN.gap)).toEqual([])
  })

  it('reach what is shown: no Chinese but the names of the data', () => {
    document.documentElement.lang = 'en'
    const series = parseSeries(answer({ factor: { code: 'x', name: 'COD', unit: 'mg/L', decimals: 1 },
      flagNames: {}, limits: [] }))
    const shown = [chartKey(series).textContent ?? '', summaryText(series, words().kinds.hour),
      agoText(120), stateName('offline')]
    expect(shown.filter((text) => CHINESE.test(text))).toEqual([])
    expect(agoText(86_400)).toBe('1 day ago')
  })

  it('stand in the catalogues only', () => {
    const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.ts$/.test(name) && !/\.(test|sample)\.ts$|^text\/words\//.test(name))
    expect(files.length).toBeGreaterThan(30)
    const strays = files.filter((name) => {
      const code = readFileSync(join(SOURCE, name), 'utf8')
        .replace(/\/\*[\s\S]*?\*\//g, '')
        .replace(/\/\/.*$/gm, '')
      return CHINESE.test(code)
    })
    expect(strays).toEqual([])
  })
})
