import { expect, it } from 'vitest'
import type { FieldRecord } from '../../offline/store'
import { expectedState } from './step_marks'

const TARGETS = new Map([['arrive', 'there'], ['note', ''], ['record', 'recorded']])
const written = (...steps: string[]) => steps.map((step, index) => ({ step, sequence: index + 1 }) as FieldRecord)

it('knows what comes next from what waits on the phone', () => {
  expect(expectedState('planned', [], TARGETS)).toBe('planned')
  expect(expectedState('planned', written('arrive', 'note'), TARGETS)).toBe('there')
  expect(expectedState('planned', written('arrive', 'record', 'note').reverse(), TARGETS)).toBe('recorded')
})
