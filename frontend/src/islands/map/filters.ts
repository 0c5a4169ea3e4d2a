/**
 * Tells the map when the filter form asks for something else. The query is the form's own,
 * so map and list cannot drift apart.
 */
const TYPING_PAUSE_MS = 300

export function queryOf(form: HTMLFormElement | null): string {
  if (!form) return window.location.search.slice(1)
  const query = new URLSearchParams()
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && value !== '' && name !== 'csrfmiddlewaretoken') {
      query.append(name, value)
    }
  }
  return query.toString()
}

/** Calls back at once with the present query, then after each change of it. */
export function watchFilters(
  form: HTMLFormElement | null,
  changed: (query: string) => void,
): () => void {
  let last = queryOf(form)
  let timer: number | undefined
  const check = (): void => {
    const query = queryOf(form)
    if (query === last) return
    last = query
    changed(query)
  }
  const soon = (): void => {
    window.clearTimeout(timer)
    timer = window.setTimeout(check, TYPING_PAUSE_MS)
  }
  const reset = (): void => void window.setTimeout(check)
  form?.addEventListener('change', check)
  form?.addEventListener('input', soon)
  form?.addEventListener('submit', check)
  form?.addEventListener('reset', reset)
  changed(last)
  return () => {
    window.clearTimeout(timer)
    form?.removeEventListener('change', check)
    form?.removeEventListener('input', soon)
    form?.removeEventListener('submit', check)
    form?.removeEventListener('reset', reset)
  }
}
