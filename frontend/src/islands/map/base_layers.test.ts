import { expect, it } from 'vitest'
import { tiandituUrl } from './base_layers'

it('asks Tianditu for the Mercator matrix by WMTS with the key', () => {
  const url = tiandituUrl('vec', 'KEY')
  expect(url).toContain('https://t{0-7}.tianditu.gov.cn/vec_w/wmts?')
  expect(url).toContain('TILEMATRIXSET=w')
  expect(url).toContain('TILEMATRIX={z}&TILEROW={y}&TILECOL={x}')
  expect(url).toContain('tk=KEY')
})
