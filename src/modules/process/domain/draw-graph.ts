import type { ProcessDefinition, StepDefinition } from './definition.ts';
import { orderSteps } from './step-graph.ts';

type GraphNode = {
  readonly id: string;
  /** Column and row of a grid, from 0; the drawing decides how large a cell is. */
  readonly x: number;
  readonly y: number;
  readonly lane: 'order' | 'case';
};

type GraphEdge = { readonly from: string; readonly to: string; readonly kind: 'next' | 'return' };

export type ProcessGraph = {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly columns: number;
  readonly rows: number;
};

/**
 * Left to right: a step's column is its longest way from the start, so an arrow never points backwards but a
 * return. Order steps fill the rows of the upper lane, case steps those of the lower one. An arrow that a
 * longer way between the same steps already shows is left out.
 */
export function drawGraph(definition: ProcessDefinition): ProcessGraph {
  const { ordered } = orderSteps(definition.steps);
  const column = new Map<string, number>();
  for (const step of ordered) {
    column.set(step.id, Math.max(-1, ...step.after.map((id) => column.get(id) ?? -1)) + 1);
  }
  const orderRows = tallestColumn(ordered, column, 'order');
  const caseRows = tallestColumn(ordered, column, 'case');
  const nodes = placeNodes(ordered, column, orderRows);

  const next = ordered.flatMap((step) =>
    step.after
      .filter((id) => column.has(id) && !isLongWay(step, id, ordered))
      .map((id): GraphEdge => ({ from: id, to: step.id, kind: 'next' })),
  );
  const returns = ordered.flatMap((step) =>
    (step.returnsTo ?? [])
      .filter((id) => column.has(id))
      .map((id): GraphEdge => ({ from: step.id, to: id, kind: 'return' })),
  );
  return {
    nodes,
    edges: [...next, ...returns],
    columns: Math.max(0, ...[...column.values()].map((x) => x + 1)),
    rows: orderRows + caseRows,
  };
}

function tallestColumn(
  steps: readonly StepDefinition[],
  column: ReadonlyMap<string, number>,
  lane: 'order' | 'case',
): number {
  const heights = new Map<number, number>();
  for (const step of steps) {
    const x = column.get(step.id) ?? 0;
    if (step.on === lane) heights.set(x, (heights.get(x) ?? 0) + 1);
  }
  return Math.max(0, ...heights.values());
}

function placeNodes(
  steps: readonly StepDefinition[],
  column: ReadonlyMap<string, number>,
  orderRows: number,
): readonly GraphNode[] {
  const used = new Map<string, number>();
  return steps.map((step) => {
    const x = column.get(step.id) ?? 0;
    const slot = `${step.on} ${x}`;
    const row = used.get(slot) ?? 0;
    used.set(slot, row + 1);
    return { id: step.id, x, y: step.on === 'order' ? row : orderRows + row, lane: step.on };
  });
}

function isLongWay(step: StepDefinition, from: string, steps: readonly StepDefinition[]): boolean {
  return step.after.some((id) => id !== from && comesAfter(id, from, steps));
}

function comesAfter(id: string, before: string, steps: readonly StepDefinition[]): boolean {
  const step = steps.find((one) => one.id === id);
  return step?.after.some((up) => up === before || comesAfter(up, before, steps)) ?? false;
}
