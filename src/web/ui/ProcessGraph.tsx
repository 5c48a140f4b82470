import { type RefObject, useEffect, useId, useRef, useState } from 'react';
import { useT } from '../lib/i18n.ts';
import { edgePath, fit, GRAPH, type GraphSize, graphSize, nameLines, nodeBox } from './graph-geometry.ts';
import { uiMessages } from './messages.ts';
import styles from './ProcessGraph.module.css';

type GraphState = 'done' | 'active' | 'waiting' | 'skipped' | 'returned';

/** `x` is the column, `y` the row of the layout, from 0; the server lays the process out. */
type GraphNode = {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly state: GraphState;
  readonly label: string;
  /** Who, or when: the second line. */
  readonly detail?: string;
};

type GraphEdge = { readonly from: string; readonly to: string; readonly rework?: boolean };

export type GraphLayout = { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] };

/**
 * The process as a drawn graph with "here". States differ by line, mark and word, never by colour: colour is for time
 * left. A screen reader hears the steps as a list, in the order of the layout.
 */
export function ProcessGraph(props: { layout: GraphLayout; onOpen?: (nodeId: string) => void }) {
  const t = useT(uiMessages);
  const arrow = useId();
  const frame = useRef<HTMLElement>(null);
  const { nodes, edges } = props.layout;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const columns = Math.max(0, ...nodes.map((node) => node.x)) + 1;
  const size = graphSize(
    columns,
    useWidth(frame),
    nodes.map((node) => node.label),
  );
  const width = columns * size.column;
  const height = (Math.max(0, ...nodes.map((node) => node.y)) + 1) * size.row + GRAPH.flag;

  const here = nodes.find((node) => node.state === 'active');

  // A graph wider than the screen opens where the case stands.
  useEffect(() => {
    if (here) frame.current?.scrollTo({ left: (here.x - 0.5) * size.column });
  }, [here, size.column]);

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a part that scrolls must be reachable by keyboard
    <figure ref={frame} className={styles['graph']} role="region" aria-label={t('graph.title')} tabIndex={0}>
      <svg
        width={width}
        height={height}
        viewBox={`0 ${-GRAPH.flag} ${width} ${height}`}
        role="list"
        aria-label={t('graph.title')}
      >
        <defs>
          <marker
            id={arrow}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path d="M0 0 8 4 0 8Z" className={styles['head']} />
          </marker>
        </defs>
        <g aria-hidden="true">
          {edges.map((edge) => {
            const from = byId.get(edge.from);
            const to = byId.get(edge.to);
            if (!from || !to) return null;
            return (
              <path
                key={`${edge.from}>${edge.to}`}
                d={edgePath(from, to, size)}
                className={styles['edge']}
                data-rework={edge.rework === true}
                data-walked={from.state === 'done' && to.state !== 'waiting'}
                markerEnd={`url(#${arrow})`}
              />
            );
          })}
        </g>
        {[...nodes]
          .toSorted((a, b) => a.x - b.x || a.y - b.y)
          .map((node) => (
            <Node key={node.id} node={node} size={size} onOpen={props.onOpen} />
          ))}
      </svg>
    </figure>
  );
}

const MARKS: Record<GraphState, string> = {
  done: '✓',
  active: '●',
  waiting: '○',
  skipped: '–',
  returned: '↩',
};

function Node(props: { node: GraphNode; size: GraphSize; onOpen: ((nodeId: string) => void) | undefined }) {
  const { node, size, onOpen } = props;
  const t = useT(uiMessages);
  const box = nodeBox(node, size);
  const lines = nameLines(node.label, size.boxWidth);
  const written = (lines.length + (node.detail === undefined ? 0 : 1)) * GRAPH.lineHeight;
  const firstLine = box.y + (size.boxHeight - written) / 2 + 14;
  const name = [node.label, t(`graph.state.${node.state}`), node.detail].filter(Boolean).join(' · ');
  return (
    <g
      role="listitem"
      aria-label={name}
      aria-current={node.state === 'active' ? 'step' : undefined}
      className={styles['node']}
      data-state={node.state}
    >
      <title>{name}</title>
      {node.state === 'active' && (
        <text x={box.x} y={box.y - 7} className={styles['here']} aria-hidden="true">
          ▼ {t('graph.here')}
        </text>
      )}
      <rect {...box} rx="8" />
      <text x={box.x + 8} y={firstLine} aria-hidden="true">
        <tspan className={styles['mark']}>{MARKS[node.state]}</tspan> {lines[0]}
        {lines[1] !== undefined && (
          <tspan x={box.x + 8} y={firstLine + GRAPH.lineHeight}>
            {lines[1]}
          </tspan>
        )}
      </text>
      {node.detail !== undefined && (
        <text
          x={box.x + 8}
          y={firstLine + lines.length * GRAPH.lineHeight}
          className={styles['detail']}
          aria-hidden="true"
        >
          {fit(node.detail, (size.boxWidth - 16) / 12)}
        </text>
      )}
      {onOpen && (
        <rect
          {...box}
          rx="8"
          role="button"
          tabIndex={0}
          aria-label={node.label}
          className={styles['press']}
          onClick={() => onOpen(node.id)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' || event.key === ' ') onOpen(node.id);
          }}
        />
      )}
    </g>
  );
}

/** The width of an element in px, kept up with; 0 before the first picture. */
function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (element.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
