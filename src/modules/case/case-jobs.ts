import { enqueue } from '#modules/notice/index.ts';
import { bounceHandovers } from '#modules/order/index.ts';
import type { Database } from '#platform/db/db.ts';
import type { Loop } from '#platform/loop.ts';
import type { CaseDeps } from './case-commands.ts';
import { remindCommitments } from './commitment-commands.ts';
import { sendDigests } from './work-digest.ts';

const MINUTE = 60_000;

/** Hand-overs that nobody accepted go back and whoever offered is told; commitments are reminded of; mornings have digests. */
export function caseLoops(database: Database, deps: CaseDeps): readonly Loop[] {
  return [
    {
      name: 'work-digest',
      everyMs: MINUTE,
      async turn() {
        await sendDigests(database, deps);
      },
    },
    {
      name: 'commitment-reminder',
      everyMs: 2000,
      async turn() {
        await remindCommitments(database);
      },
    },
    {
      name: 'handover-bounce',
      everyMs: 1000,
      async turn() {
        await bounceHandovers(database, (tx, { companyId, offeredBy, id, caseId }) =>
          enqueue(tx, companyId, [
            {
              key: `handover-bounced:${id}`,
              channel: 'desk',
              template: 'handover-bounced',
              to: { personId: offeredBy },
              data: { caseId },
            },
          ]),
        );
      },
    },
  ];
}
