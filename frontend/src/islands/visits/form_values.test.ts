import { beforeEach, expect, it } from 'vitest'
import { fill, officersOf, proposeOfficers, statedOf, valuesOf } from './form_values'

const FORM = `<form>
  <input type="hidden" name="csrfmiddlewaretoken" value="key"><input type="hidden" name="_version" value="3">
  <select name="_officer_1"><option value="">-</option><option value="4">A</option></select>
  <select name="_officer_2"><option value="">-</option><option value="5">B</option></select>
  <input name="found"><textarea name="words"></textarea>
  <input type="checkbox" name="kinds" value="water"><input type="checkbox" name="kinds" value="gas">
  <input type="radio" name="refuses" value="no"><input type="radio" name="refuses" value="yes">
  <select name="factors" multiple><option value="a">a</option><option value="b">b</option></select>
  <input type="hidden" name="signed" value="">
  <input type="file" name="photo"><input type="hidden" name="photo-at" value="2026-11-29T10:00:00+08:00">
  <input type="hidden" name="photo-lon" value="113.4"><input type="hidden" name="photo-lat" value="">
</form>`
const SAID: [string, string][] = [
  ['found', '超标'], ['words', '一\n二'], ['kinds', 'gas'], ['refuses', 'yes'], ['factors', 'b'], ['signed', '{"strokes":[]}'],
]
let form: HTMLFormElement

beforeEach(() => {
  document.body.innerHTML = FORM
  form = document.querySelector('form')!
})

it('puts back what was said, every kind of field, and tells whoever draws it', () => {
  let heard = 0
  form.addEventListener('zhihuan:restored', () => (heard += 1))
  fill(form, SAID, [4, 5])
  expect(valuesOf(form)).toEqual(SAID)
  expect(officersOf(form)).toEqual([4, 5])
  expect(heard).toBe(1)
})

it('says nothing of keys, our own names, files, and their time and place', () => {
  const names = valuesOf(form).map(([name]) => name)
  expect(names).toEqual(expect.arrayContaining(['found', 'words', 'signed']))
  expect(names.filter((name) => /^_|csrf|photo/.test(name))).toEqual([])
  expect(statedOf(form, 'photo')).toEqual({ at: '2026-11-29T10:00:00+08:00', lon: 113.4 })
})

it('proposes the pair of the visit, leaves what is chosen, and nobody twice', () => {
  proposeOfficers(form, [4, 5])
  expect(officersOf(form)).toEqual([4, 5])
  fill(form, [], [4])
  proposeOfficers(form, [5, 4])
  expect(officersOf(form)).toEqual([4, 5])
  fill(form, [], [])
  proposeOfficers(form, [7, 8])
  expect(officersOf(form)).toEqual([])
})
