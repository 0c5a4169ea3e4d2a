/** One answer of the server for tests: a gap, an exceedance, marks, and a differing statistic. */
export function answer(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    factor: { code: 'w01018', name: '化学需氧量', unit: 'mg/L', decimals: 1 },
    kind: 'hour',
    limits: [{ from: null, to: null, upper: 50, lower: null, basis: 'GB 18918-2002', clause: '表1' }],
    t: [0, 3600, 7200, 10_800],
    value: [30, null, 60, 40],
    min: [20, null, 50, 30],
    max: [40, null, 70, 55],
    flag: ['N', '', 'D', 'D'],
    ours: { t: [0, 7200, 10_800], value: [30, 66, 40.05], valid: [true, true, false], rule: ['a', 'a', 'a'] },
    bucketSeconds: 0,
    timeMeaning: 'start',
    ...changes,
  }
}
