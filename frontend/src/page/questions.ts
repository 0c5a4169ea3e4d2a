/**
 * The questions of a form by its marks: `data-question`, nested where a question holds further ones, and
 * `data-shown-when="refuses=yes"` where an earlier answer may make one needless.
 */
export function questionsOf(root: ParentNode): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>('[data-question]')]
}

/** Those that hold no further ones. */
export function leavesOf(root: ParentNode): HTMLElement[] {
  return questionsOf(root).filter((each) => !each.querySelector('[data-question]'))
}

export function isNeeded(question: HTMLElement, form: HTMLFormElement): boolean {
  const bound = question.closest<HTMLElement>('[data-shown-when]')
  const [name = '', value] = bound?.dataset['shownWhen']?.split('=') ?? []
  if (!bound || !name) return true
  return new FormData(form).get(name) === value
}
