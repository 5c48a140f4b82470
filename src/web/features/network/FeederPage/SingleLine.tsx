import { type KeyboardEvent, useRef, useState } from 'react';
import { type DeviceKind, singleLine } from '#modules/network/domain/index.ts';
import type { LineDevice } from '#modules/network/network-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { messages } from '../messages.ts';
import styles from './FeederPage.module.css';

/** Pixels of a column and a row, and room for the last label. */
const COLUMN = 58;
const ROW = 44;
const MARGIN = 28;
const LABEL = 300;
/** What one presses: a square, for the ends with the words beside. */
const HOLD = 28;
const CHARACTER = 13;

type Placed = LineDevice & { readonly x: number; readonly y: number };

/**
 * A feeder as engineers draw it: source at the left, trunk straight on, branches below. One stop for the Tab key; inside, arrow keys walk
 * along the line and Enter opens a device. What has no supply is dashed: colour is for time left.
 */
export function SingleLine(props: {
  title: string;
  devices: readonly LineDevice[];
  zoom: number;
  onOpen: (id: string) => void;
}) {
  const placed = place(props.devices);
  const byId = new Map(placed.map((device) => [device.id, device]));
  const [current, setCurrent] = useState(placed[0]?.id ?? '');
  const svg = useRef<SVGSVGElement>(null);
  const width = Math.max(0, ...placed.map(({ x }) => x)) + LABEL;
  const height = Math.max(0, ...placed.map(({ y }) => y)) + MARGIN;

  function walk(event: KeyboardEvent, from: Placed): void {
    if (event.key === 'Enter' || event.key === ' ') props.onOpen(from.id);
    const next = neighbour(placed, from, event.key);
    if (next === undefined && !['Enter', ' '].includes(event.key)) return;
    event.preventDefault();
    if (next === undefined) return;
    setCurrent(next.id);
    svg.current?.querySelector<SVGRectElement>(`[data-id="${next.id}"]`)?.focus();
  }

  return (
    <figure className={styles['drawing']} aria-label={props.title}>
      <svg
        ref={svg}
        width={width * props.zoom}
        height={height * props.zoom}
        viewBox={`0 0 ${width} ${height}`}
        role="group"
        aria-label={props.title}
      >
        <g aria-hidden="true">
          {placed.map((device) => {
            const parent = byId.get(device.parent ?? '');
            if (parent === undefined) return null;
            return (
              <path
                key={device.id}
                className={styles['way']}
                data-dark={!parent.supplied}
                d={`M${parent.x} ${parent.y} V${device.y} H${device.x}`}
              />
            );
          })}
        </g>
        {placed.map((device) => (
          <Device
            key={device.id}
            device={device}
            current={device.id === current || (device === placed[0] && !byId.has(current))}
            onOpen={() => props.onOpen(device.id)}
            onKeyDown={(event) => walk(event, device)}
          />
        ))}
      </svg>
    </figure>
  );
}

function Device(props: {
  device: Placed;
  current: boolean;
  onOpen: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}) {
  const t = useT(messages);
  const { device } = props;
  const { x, y, kind, name, open, supplied, households, tie } = device;
  const states = [
    t(open ? 'state.open' : 'state.closed'),
    t(supplied ? 'state.supplied' : 'state.dark'),
    ...(device.transferred ? [t('state.transferred')] : []),
    ...(device.placed ? [t('state.placed')] : []),
  ];
  const count = households === null ? '' : t('feeder.count', { n: households });
  const label = [name, t(`kind.${kind}`), ...states, count].filter((word) => word !== '').join(' · ');
  const words = tie === null ? [name, count].join(' ') : t('feeder.to', { name: tie.feederName ?? tie.name });
  const isEnd = kind === 'transformer' || tie !== null;
  return (
    <g className={styles['device']} data-open={open} data-dark={!supplied}>
      <g aria-hidden="true">
        <Mark kind={kind} x={x} y={y} />
        {isEnd && (
          <text x={x + 22} y={y + 5}>
            {words}
          </text>
        )}
        {!isEnd && kind !== 'section' && (
          <text x={x} y={y - 12} textAnchor="middle" className={styles['small']}>
            {shortCode(device.code)}
          </text>
        )}
      </g>
      <rect
        role="link"
        aria-label={label}
        tabIndex={props.current ? 0 : -1}
        className={styles['hold']}
        data-id={device.id}
        x={x - 14}
        y={y - 14}
        width={isEnd ? HOLD + words.length * CHARACTER : HOLD}
        height={HOLD}
        rx="4"
        onClick={props.onOpen}
        onKeyDown={props.onKeyDown}
      >
        <title>{label}</title>
      </rect>
    </g>
  );
}

/** Signs near those of the standard: a square for a switch, a bar for a fuse, two rings for a transformer, a dot where a line branches. */
function Mark({ kind, x, y }: { kind: DeviceKind; x: number; y: number }) {
  if (kind === 'section') return <circle className={styles['mark']} cx={x} cy={y} r="3" />;
  if (kind === 'transformer')
    return (
      <>
        <circle className={styles['ring']} cx={x - 2} cy={y} r="7" />
        <circle className={styles['ring']} cx={x + 7} cy={y} r="7" fillOpacity="0" />
      </>
    );
  if (kind === 'fuse')
    return <rect className={styles['mark']} x={x - 9} y={y - 4} width="18" height="8" rx="1" />;
  const side = kind === 'breaker' || kind === 'recloser' ? 16 : 12;
  return <rect className={styles['mark']} x={x - side / 2} y={y - side / 2} width={side} height={side} />;
}

function place(devices: readonly LineDevice[]): readonly Placed[] {
  const byId = new Map(devices.map((device) => [device.id, device]));
  return singleLine(devices).flatMap(({ id, column, row }) => {
    const device = byId.get(id);
    return device === undefined ? [] : [{ ...device, x: MARGIN + column * COLUMN, y: MARGIN + row * ROW }];
  });
}

/** Left to what feeds it, right to the first that it feeds, up and down to the rows beside. */
function neighbour(placed: readonly Placed[], from: Placed, key: string): Placed | undefined {
  if (key === 'ArrowLeft') return placed.find(({ id }) => id === from.parent);
  if (key === 'ArrowRight') return placed.find(({ parent }) => parent === from.id);
  const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return undefined;
  const rows = placed.filter(({ y }) => (y - from.y) * step > 0);
  return rows.toSorted(
    (a, b) =>
      Math.abs(a.y - from.y) - Math.abs(b.y - from.y) || Math.abs(a.x - from.x) - Math.abs(b.x - from.x),
  )[0];
}

/** `F0101-K03` is `K03` within its feeder. */
function shortCode(code: string): string {
  return code.includes('-') ? (code.split('-').at(-1) ?? code) : code;
}
