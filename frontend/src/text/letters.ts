/**
 * How large letters are that are drawn onto a canvas, where no style sheet reaches: as large as the page's
 * own, so that elder mode and walls need no code of their own.
 */
const USUAL_ROOT_PX = 16

/** 1 on an office PC; 1.5 in elder mode and on a wall. */
export function letterScale(): number {
  const root = parseFloat(getComputedStyle(document.documentElement).fontSize)
  return Number.isFinite(root) && root > 0 ? root / USUAL_ROOT_PX : 1
}
