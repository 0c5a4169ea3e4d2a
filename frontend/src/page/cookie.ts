const ONE_YEAR_SECONDS = 365 * 24 * 3600

/** Keeps a choice of looks for the server to render the next page by; never anything secret. */
export function keepChoice(name: string, value: string): void {
  const secure = window.location.protocol === 'https:' ? '; secure' : ''
  document.cookie = `${name}=${value}; path=/; max-age=${ONE_YEAR_SECONDS}; samesite=lax${secure}`
}

export function choice(name: string): string | null {
  const pair = document.cookie.split('; ').find((each) => each.startsWith(`${name}=`))
  return pair ? pair.slice(name.length + 1) : null
}
