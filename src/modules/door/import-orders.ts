import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import type { CaseDeps } from '#modules/case/index.ts';
import type { Tx } from '#platform/db/db.ts';
import type { ImportBody, Imported } from './door-api.ts';
import { stageOrder } from './receive-order.ts';

/** So many faults are named; whoever has more mends the file. */
const NAMED = 20;

/**
 * Stages all orders of a file or none: with any fault nothing is written (`door.rows-faulty` names line, field and fault).
 * What came before, in this file or another, is met again and not doubled. The staged ones become cases by and by.
 */
export async function importOrders(
  tx: Tx,
  deps: CaseDeps,
  who: { readonly companyId: string; readonly personId: string },
  body: ImportBody,
): Promise<Imported | Refusal> {
  const arrival = {
    companyId: who.companyId,
    door: body.door,
    way: body.way,
    keyId: null,
    personId: who.personId,
  };
  const counts = { first: 0, again: 0, changed: 0 };
  const faults: string[] = [];
  for (const { line, order } of body.orders) {
    const staged = await stageOrder(tx, deps, arrival, order);
    if (!isRefusal(staged)) counts[staged.arrived] += 1;
    else if (staged.refused.startsWith('door.') && staged.detail?.['all'] !== undefined)
      faults.push(
        ...String(staged.detail['all'])
          .split(' ')
          .map((fault) => `${line}:${fault}`),
      );
    else return staged;
  }
  if (faults.length > 0)
    return refuse('door.rows-faulty', { count: faults.length, faults: faults.slice(0, NAMED).join(' ') });
  return counts;
}
