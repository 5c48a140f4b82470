import { type FocusEvent, type PointerEvent, useState } from 'react';
import type { CommandRow } from '#modules/repair/command-api.ts';

export type SteadyRow = { readonly row: CommandRow; readonly gone: boolean };

/**
 * The rows in an order that holds still while a hand is on the list (pointer or focus, `hands`): what each row says is renewed, none
 * moves. What is no longer open stays in its place until then, marked; what came in is counted. `renew` puts it in.
 */
export function useSteadyRows(rows: readonly CommandRow[]) {
  const [kept, setKept] = useState<readonly CommandRow[] | null>(null);
  const fresh = new Map(rows.map((row) => [row.id, row]));
  const known = new Set(kept?.map(({ id }) => id));
  const steady = (kept ?? rows).map(
    (row): SteadyRow => ({ row: fresh.get(row.id) ?? row, gone: !fresh.has(row.id) }),
  );
  const hold = () => setKept((before) => before ?? rows);
  return {
    rows: steady,
    arrived: kept === null ? 0 : rows.filter(({ id }) => !known.has(id)).length,
    moved: steady.filter(({ gone }) => !gone).some(({ row }, i) => row.id !== rows[i]?.id),
    renew: () => setKept((before) => (before === null ? null : rows)),
    hands: {
      onPointerEnter: hold,
      onFocus: hold,
      onPointerLeave(event: PointerEvent<HTMLElement>): void {
        if (!event.currentTarget.contains(document.activeElement)) setKept(null);
      },
      onBlur(event: FocusEvent<HTMLElement>): void {
        const { currentTarget, relatedTarget } = event;
        if (!currentTarget.contains(relatedTarget) && !currentTarget.matches(':hover')) setKept(null);
      },
    },
  };
}
