import { expect, test } from 'vitest'
import { blocksOf } from './blocks'

const head = { title: '现场检查笔录', lead: '模拟印染厂', foot: '生成于今天' }
const strokes = '{"width":640,"height":240,"began":"","strokes":[[[1,2,0]]]}'

function form(content: string): HTMLFormElement {
  const made = document.createElement('form')
  made.innerHTML = content
  document.body.replaceChildren(made)
  return made
}

function told(content: string, files: { field: string; name: string; sha256: string }[] = []): string[] {
  return blocksOf(form(content), head, files).slice(2, -1).map((block) =>
    block.kind === 'answer' ? `${block.label}=${block.text}` : `${block.kind} ${'label' in block ? block.label : block.text}`)
}

test('questions stand with what was answered, in the words of the form', () => {
  expect(told(`
    <div data-question="a"><label class="field-label">现场情况 <span class="field-optional">（选填）</span></label><textarea>有泡沫</textarea></div>
    <div data-question="b"><fieldset><legend class="field-label">是否拒绝</legend><label><input type="radio" name="b" value="no" checked> 否，同意签字</label><label><input type="radio" name="b" value="yes"> 是</label></fieldset></div>
    <div data-question="c"><label class="field-label">排口</label><select><option value="">未选</option><option value="1" selected>总排口</option></select></div>
    <div data-question="d"><label class="field-label">空着</label><input type="text"></div>
    <div data-question="e"><label class="field-label">完成时间</label><input type="datetime-local" value="2026-11-30T09:05"></div>
  `)).toEqual(['现场情况=有泡沫', '是否拒绝=否，同意签字', '排口=总排口', '完成时间=2026-11-30 09:05'])
})

test('an item of a checklist carries what the permit states, its answer and what was seen', () => {
  expect(told(`<div data-question="checks"><fieldset class="checklist-item" data-question="p"><legend>排口与许可一致</legend>
    <p class="checklist-stated"><span>许可或登记：</span>DW001</p>
    <label class="choice"><input type="radio" name="p" value="no" checked> 否</label>
    <label class="checklist-note"><span>所见（回答“否”时必填）</span> <input type="text" value="多一个排口"></label></fieldset></div>
  `)).toEqual(['排口与许可一致（许可或登记：DW001）=否\n所见：多一个排口'])
})

test('what an earlier answer made needless is left out; signatures and files are told by what they are', () => {
  expect(told(`
    <div data-question="refuses"><label><input type="radio" name="refuses" value="no" checked> 否</label></div>
    <div data-question="why" data-shown-when="refuses=yes"><label class="field-label">理由</label><input type="text" value="不认"></div>
    <div data-question="sign"><label class="field-label">当事人签名</label><input type="hidden" data-signature-value value='${strokes}'></div>
    <div data-question="none"><label class="field-label">见证人签名</label><input type="hidden" data-signature-value value=""></div>
    <div data-question="photo"><label class="field-label">照片</label><input type="file" name="photo"></div>
  `, [{ field: 'photo', name: 'a.jpg', sha256: 'ab12' }])).toEqual(['=否', 'signature 当事人签名', '照片=a.jpg\nSHA-256 ab12'])
})
