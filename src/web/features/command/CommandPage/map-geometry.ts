/** Kilometres of one degree of latitude; of longitude at the equator. */
const KM_A_DEGREE = 111.3;

export type Lonlat = readonly [number, number];
export type Point = { readonly x: number; readonly y: number };
/** What of the plane is seen: its middle in kilometres, and pixels a kilometre. */
export type View = { readonly x: number; readonly y: number; readonly scale: number };
export type Size = { readonly width: number; readonly height: number };

/** A county is small: degrees become kilometres east and south of a point, true to a percent. */
export type Plane = (at: Lonlat) => Point;

export function planeAt([lon0, lat0]: Lonlat): Plane {
  const across = KM_A_DEGREE * Math.cos((lat0 * Math.PI) / 180);
  return ([lon, lat]) => ({ x: (lon - lon0) * across, y: (lat0 - lat) * KM_A_DEGREE });
}

/** The whole of these points with some air around. */
export function viewOf(points: readonly Point[], size: Size): View {
  if (points.length === 0) return { x: 0, y: 0, scale: 10 };
  const [left, right] = extent(points.map(({ x }) => x));
  const [top, bottom] = extent(points.map(({ y }) => y));
  const air = 1.12;
  // A single place is shown with five kilometres around it.
  const [width, height] = [Math.max(right - left, 10) * air, Math.max(bottom - top, 10) * air];
  const scale = Math.min(size.width / width, size.height / height);
  return { x: (left + right) / 2, y: (top + bottom) / 2, scale };
}

function extent(values: readonly number[]): readonly [number, number] {
  // Not spread into Math.min: a province has more points than a call has arguments.
  return values.reduce<[number, number]>(
    ([low, high], one) => [Math.min(low, one), Math.max(high, one)],
    [Infinity, -Infinity],
  );
}

/** Pixels from the left upper corner. */
export function toScreen({ x, y, scale }: View, size: Size, point: Point): Point {
  return { x: (point.x - x) * scale + size.width / 2, y: (point.y - y) * scale + size.height / 2 };
}

/** Zooms so that the point under the pointer stays under it. */
export function zoomed(view: View, size: Size, at: Point, factor: number): View {
  const scale = Math.min(Math.max(view.scale * factor, 2), 2000);
  const [dx, dy] = [at.x - size.width / 2, at.y - size.height / 2];
  return {
    scale,
    x: view.x + dx / view.scale - dx / scale,
    y: view.y + dy / view.scale - dy / scale,
  };
}

/** `M…L…` of a line in kilometres. */
export function pathOf(line: readonly Point[], close: boolean): string {
  if (line.length === 0) return '';
  const text = line.map(({ x, y }) => `${x.toFixed(3)} ${y.toFixed(3)}`).join('L');
  return `M${text}${close ? 'Z' : ''}`;
}

/** What lies so near together on the screen that marks would cover each other is one mark with a number. */
export function clustersOf<T>(
  placed: readonly { readonly item: T; readonly at: Point }[],
  cell: number,
): readonly { readonly items: readonly T[]; readonly at: Point }[] {
  const cells = Map.groupBy(placed, ({ at }) => `${Math.floor(at.x / cell)} ${Math.floor(at.y / cell)}`);
  return [...cells.values()].map((members) => ({
    items: members.map(({ item }) => item),
    at: {
      x: members.reduce((sum, { at }) => sum + at.x, 0) / members.length,
      y: members.reduce((sum, { at }) => sum + at.y, 0) / members.length,
    },
  }));
}
