import { type RefObject, useEffect, useRef, useState } from 'react';
import type { CommandRow } from '#modules/repair/command-api.ts';

export type SteadyRow = { readonly row: CommandRow; readonly gone: boolean };

/**
 * The rows in an order that holds still while a hand is on the list: what each row says is renewed, none moves. What is no longer
 * open stays in its place until then, marked; what came in is counted. Answers how to let go.
 */
export function useSteadyRows(rows: readonly CommandRow[], scroller: RefObject<HTMLElement | null>) {
  const [order, setOrder] = useState<readonly string[]>(() => rows.map(({ id }) => id));
  const seen = useRef(new Map<string, CommandRow>());
  const fresh = rows.map(({ id }) => id).join(' ');
  for (const row of rows) seen.current.set(row.id, row);

  function renew(): void {
    setOrder(fresh === '' ? [] : fresh.split(' '));
  }
  const inHand = isInHand(scroller.current);
  useEffect(() => {
    if (!isInHand(scroller.current)) setOrder(fresh === '' ? [] : fresh.split(' '));
  }, [fresh, scroller]);

  const open = new Set(rows.map(({ id }) => id));
  const known = new Set(order);
  const steady = order.flatMap((id): SteadyRow | [] => {
    const row = seen.current.get(id);
    return row === undefined ? [] : { row, gone: !open.has(id) };
  });
  return {
    rows: steady,
    arrived: rows.filter(({ id }) => !known.has(id)).length,
    moved: inHand && order.join(' ') !== fresh,
    renew,
  };
}

function isInHand(element: HTMLElement | null): boolean {
  if (element === null) return false;
  return element.matches(':hover') || element.contains(document.activeElement);
}
