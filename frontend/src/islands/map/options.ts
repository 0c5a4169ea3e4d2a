/** What the server's element asks of the map, read once and typed. */
export class MapOptions {
  private constructor(
    readonly pointsUrl: string,
    readonly layersUrl: string,
    readonly filterForm: HTMLFormElement | null,
    readonly detailUrl: string,
    readonly detailTarget: string,
    readonly tiandituKey: string,
    /** slug of a kind of point to its Chinese name, as the filter form has them */
    readonly kindNames: ReadonlyMap<string, string>,
  ) {}

  static of(element: HTMLElement): MapOptions {
    const data = element.dataset
    if (!data['pointsUrl']) throw new Error('the map lacks data-points-url')
    const form = document.querySelector<HTMLFormElement>(data['filterForm'] || '#filters')
    return new MapOptions(
      data['pointsUrl'],
      data['layersUrl'] ?? '/static/live/map/',
      form,
      data['detailUrl'] ?? '/live/points/__code__/',
      data['detailTarget'] ?? '#drawer-body',
      data['tiandituKey'] ?? '',
      kindNames(form),
    )
  }

  detailUrlOf(code: string): string {
    return this.detailUrl.replace('__code__', encodeURIComponent(code))
  }
}

function kindNames(form: HTMLFormElement | null): Map<string, string> {
  const boxes = form?.querySelectorAll<HTMLInputElement>('input[name="kind"]') ?? []
  return new Map(
    [...boxes].map((box) => [box.value, box.closest('label')?.textContent?.trim() ?? box.value]),
  )
}
