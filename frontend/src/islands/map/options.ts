/** What the server's element asks of the map, read once and typed. */
export class MapOptions {
  private constructor(
    readonly pointsUrl: string,
    readonly layersUrl: string,
    readonly filterForm: HTMLFormElement | null,
    readonly detailUrl: string,
    readonly detailTarget: string,
    readonly tiandituKey: string,
  ) {}

  static of(element: HTMLElement): MapOptions {
    const data = element.dataset
    if (!data['pointsUrl']) throw new Error('地图缺少 data-points-url')
    return new MapOptions(
      data['pointsUrl'],
      data['layersUrl'] ?? '/static/live/map/',
      document.querySelector<HTMLFormElement>(data['filterForm'] || '#filters'),
      data['detailUrl'] ?? '/live/points/__code__/',
      data['detailTarget'] ?? '#drawer-body',
      data['tiandituKey'] ?? '',
    )
  }

  detailUrlOf(code: string): string {
    return this.detailUrl.replace('__code__', encodeURIComponent(code))
  }
}
