import { Button } from 'antd';
import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { MINUTE } from '#kernel/instant.ts';
import type { GridMapView } from '#modules/network/network-api.ts';
import type { CommandRow } from '#modules/repair/command-api.ts';
import type { CrewOnDuty } from '#modules/repair/crew-api.ts';
import { formatNumber } from '../../../lib/format.ts';
import { useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { type TimeStage, timeStage } from '../../../lib/time-left.ts';
import { messages } from '../messages.ts';
import styles from './CountyMap.module.css';
import { deadlineOf } from './deadline-of.ts';
import {
  clustersOf,
  type Lonlat,
  pathOf,
  type Plane,
  planeAt,
  type Point,
  type Size,
  toScreen,
  type View,
  viewOf,
  zoomed,
} from './map-geometry.ts';
import { useSize } from './use-size.ts';
import { useWall } from './use-wall.ts';

/** A mark is pressed within so many pixels of its middle; nearer than twice that, two become one. */
const REACH = 16;
const STEP = 1.6;
/** Where a map begins that has nothing to show yet. */
const SOMEWHERE: Lonlat = [122, 37];

/**
 * The county as the company knows it: coast, ways of medium voltage, what is dark, crews, and where somebody waits. Drawn as SVG and not
 * by MapLibre: the page has to work where there is no WebGL, so MapLibre would be a second map beside this one (docs/decisions/map.md).
 */
export function CountyMap(props: {
  land: readonly (readonly Lonlat[])[];
  grid: GridMapView;
  rows: readonly CommandRow[];
  crews: readonly CrewOnDuty[];
  open: string | undefined;
  onOpen: (id: string) => void;
}) {
  const t = useT(messages);
  const frame = useRef<HTMLElement>(null);
  const size = useSize(frame);
  const grown = useWall() ? 2 : 1;
  const { grid, land, rows } = props;
  const [lon0, lat0] = pointsOf(grid, rows)[0] ?? SOMEWHERE;
  const plane = useMemo(() => planeAt([lon0, lat0]), [lon0, lat0]);
  const whole = useMemo(() => viewOf(pointsOf(grid, rows).map(plane), size), [grid, rows, plane, size]);
  const [moved, setMoved] = useState<View | null>(null);
  const view = moved ?? whole;
  const marks = useMarks(rows, { plane, view, size, grown: grown });
  const drag = useDrag(view, setMoved);
  useWheel(frame, (at, factor) => setMoved((before) => zoomed(before ?? whole, size, at, factor)));

  function press(event: PointerEvent<SVGSVGElement>): void {
    if (drag.end()) return;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const at = { x: event.clientX - left, y: event.clientY - top };
    const hit = nearest(marks, at, REACH * grown);
    if (hit === undefined) return;
    const [first, ...others] = hit.rows;
    if (first !== undefined && (others.length === 0 || view.scale > 400)) props.onOpen(first.id);
    else setMoved(zoomed(view, size, at, STEP * STEP));
  }

  const zoom = (factor: number) =>
    setMoved(zoomed(view, size, { x: size.width / 2, y: size.height / 2 }, factor));
  return (
    <figure ref={frame} className={styles['map']} aria-label={t('map.title')}>
      <svg
        role="img"
        aria-label={t('map.summary', { count: rows.length, dark: grid.dark.length })}
        width={size.width}
        height={size.height}
        onPointerDown={drag.begin}
        onPointerMove={drag.move}
        onPointerUp={press}
      >
        <g transform={transformOf(view, size)}>
          <Ground land={land} grid={grid} plane={plane} />
        </g>
        <Towns grid={grid} plane={plane} view={view} size={size} />
        <Crews crews={props.crews} plane={plane} view={view} size={size} grown={grown} />
        <DarkPlaces grid={grid} plane={plane} view={view} size={size} />
        {marks.map((mark) => (
          <Mark
            key={mark.id}
            mark={mark}
            grown={grown}
            open={mark.rows.some(({ id }) => id === props.open)}
          />
        ))}
      </svg>
      <div className={styles['zoom']}>
        <Button aria-label={t('map.larger')} onClick={() => zoom(STEP)}>
          +
        </Button>
        <Button aria-label={t('map.smaller')} onClick={() => zoom(1 / STEP)}>
          −
        </Button>
        <Button onClick={() => setMoved(null)}>{t('map.whole')}</Button>
      </div>
      <figcaption className={styles['legend']}>{t('map.legend')}</figcaption>
    </figure>
  );
}

/** What does not change while one looks: drawn once, moved as a whole. */
function Ground({
  land,
  grid,
  plane,
}: {
  land: readonly (readonly Lonlat[])[];
  grid: GridMapView;
  plane: Plane;
}) {
  return useMemo(
    () => (
      <>
        <path className={styles['land']} d={land.map((ring) => pathOf(ring.map(plane), true)).join('')} />
        {grid.feeders.map((feeder) => (
          <path
            key={feeder.id}
            className={styles['feeder']}
            d={feeder.lines.map((line) => pathOf(line.map(plane), false)).join('')}
          />
        ))}
      </>
    ),
    [land, grid, plane],
  );
}

function Towns(props: { grid: GridMapView; plane: Plane; view: View; size: Size }) {
  return props.grid.towns.map(({ name, at }) => {
    const { x, y } = toScreen(props.view, props.size, props.plane(at));
    return (
      <text key={name} className={styles['town']} x={x} y={y} textAnchor="middle">
        {name}
      </text>
    );
  });
}

/** Where crews on duty are, by their last position of this shift, else at their point; filled: at work. */
function Crews(props: { crews: readonly CrewOnDuty[]; plane: Plane; view: View; size: Size; grown: number }) {
  return props.crews.map(({ id, name, position, point, job }) => {
    const { lon, lat } = position ?? point;
    const { x, y } = toScreen(props.view, props.size, props.plane([lon, lat]));
    return (
      <path
        key={id}
        className={styles['crew']}
        data-busy={job !== null}
        d="M0-6 6 0 0 6-6 0Z"
        transform={`translate(${x} ${y}) scale(${props.grown})`}
      >
        <title>{name}</title>
      </path>
    );
  });
}

function DarkPlaces(props: { grid: GridMapView; plane: Plane; view: View; size: Size }) {
  return props.grid.dark.map(({ id, name, at }) => {
    const { x, y } = toScreen(props.view, props.size, props.plane(at));
    return (
      <circle key={id} className={styles['dark']} cx={x} cy={y} r="7">
        <title>{name}</title>
      </circle>
    );
  });
}

type Marked = {
  readonly id: string;
  readonly rows: readonly CommandRow[];
  readonly at: Point;
  readonly stage: TimeStage;
};

function useMarks(
  rows: readonly CommandRow[],
  {
    plane,
    view,
    size,
    grown,
  }: { readonly plane: Plane; readonly view: View; readonly size: Size; readonly grown: number },
): readonly Marked[] {
  const now = useNow(MINUTE / 6);
  const placed = rows.flatMap((row) =>
    row.at === null ? [] : [{ item: row, at: toScreen(view, size, plane(row.at)) }],
  );
  const seen = placed.filter(
    ({ at }) => at.x > -20 && at.y > -20 && at.x < size.width + 20 && at.y < size.height + 20,
  );
  return clustersOf(seen, REACH * 2 * grown).map(({ items, at }) => ({
    id: items[0]?.id ?? '',
    rows: items,
    at,
    stage: worst(items.map((row) => timeStage(deadlineOf(row), now))),
  }));
}

const ORDER: readonly TimeStage[] = ['over', 'soon', 'onway', 'far', 'paused', 'none', 'met'];

export function worst(stages: readonly TimeStage[]): TimeStage {
  return ORDER.find((stage) => stages.includes(stage)) ?? 'none';
}

/** A square is over, a triangle nearly, a ring has time; the number says how many; danger has an exclamation mark. */
function Mark({ mark, open, grown }: { mark: Marked; open: boolean; grown: number }) {
  const { rows, at, stage } = mark;
  const hazard = rows.some((row) => row.hazard !== null);
  const words = rows.length > 1 ? formatNumber(rows.length) : hazard ? '!' : '';
  return (
    <g
      className={styles['mark']}
      data-stage={stage}
      data-open={open}
      transform={`translate(${at.x} ${at.y}) scale(${grown})`}
    >
      {open && <circle className={styles['halo']} r="19" />}
      <MarkShape stage={stage} />
      {words !== '' && (
        <text textAnchor="middle" y={stage === 'soon' ? 8 : 4}>
          {words}
        </text>
      )}
    </g>
  );
}

function MarkShape({ stage }: { stage: TimeStage }) {
  if (stage === 'over')
    return <rect className={styles['shape']} x="-10" y="-10" width="20" height="20" rx="3" />;
  if (stage === 'soon') return <path className={styles['shape']} d="M0-13 14 11H-14Z" />;
  return <circle className={styles['shape']} r="10" />;
}

function nearest(marks: readonly Marked[], at: Point, reach: number): Marked | undefined {
  const distance = (mark: Marked) => Math.hypot(mark.at.x - at.x, mark.at.y - at.y);
  const [first] = marks.toSorted((a, b) => distance(a) - distance(b));
  return first !== undefined && distance(first) <= reach ? first : undefined;
}

/** Dragging moves the ground; whoever hardly moved has pressed. */
function useDrag(view: View, setView: (view: View) => void) {
  const from = useRef<{ readonly x: number; readonly y: number; readonly view: View } | null>(null);
  const far = useRef(false);
  return {
    begin(event: PointerEvent<SVGSVGElement>): void {
      from.current = { x: event.clientX, y: event.clientY, view };
      far.current = false;
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    move(event: PointerEvent<SVGSVGElement>): void {
      const start = from.current;
      if (start === null) return;
      const [dx, dy] = [event.clientX - start.x, event.clientY - start.y];
      far.current ||= Math.hypot(dx, dy) > 4;
      if (!far.current) return;
      const { scale } = start.view;
      setView({ scale, x: start.view.x - dx / scale, y: start.view.y - dy / scale });
    },
    /** Says whether the ground was moved. */
    end(): boolean {
      from.current = null;
      return far.current;
    },
  };
}

/** React listens passively to the wheel, and the page would scroll with the map. */
function useWheel(
  frame: { readonly current: HTMLElement | null },
  onZoom: (at: Point, factor: number) => void,
): void {
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    function onWheel(event: WheelEvent): void {
      event.preventDefault();
      const { left, top } = (event.currentTarget as HTMLElement).getBoundingClientRect();
      onZoom({ x: event.clientX - left, y: event.clientY - top }, Math.exp(-event.deltaY / 300));
    }
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [frame, onZoom]);
}

function pointsOf(grid: GridMapView, rows: readonly CommandRow[]): readonly Lonlat[] {
  const grown = grid.feeders.flatMap((feeder) => feeder.lines.flat());
  return grown.length > 0 ? grown : rows.flatMap((row) => (row.at === null ? [] : [row.at]));
}

function transformOf({ x, y, scale }: View, size: Size): string {
  return `translate(${size.width / 2} ${size.height / 2}) scale(${scale}) translate(${-x} ${-y})`;
}
