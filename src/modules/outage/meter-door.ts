import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isRefusal, type Refusal } from '#kernel/result.ts';
import type { CaseDeps } from '#modules/case/index.ts';
import type { Database } from '#platform/db/db.ts';
import { transact } from '#platform/db/transact.ts';
import { sendRefusal } from '#platform/http/shell.ts';
import { outagePolicy } from './outage-policy.ts';
import { type MeterEvents, meterEventsSchema } from './report-api.ts';
import { absorbMeterEvents } from './report-commands.ts';

/** Whose key a request shows; the keys of other systems are kept by the module `door`. */
export type EventKeyOf = (
  request: FastifyRequest,
) => Promise<{ readonly companyId: string; readonly id: string } | Refusal>;

/** Where head-ends of meters and telemetry send what they hear, up to a thousand lines at once. A repeated line is not doubled. */
export function meterDoor(app: FastifyInstance, database: Database, deps: CaseDeps, keyOf: EventKeyOf): void {
  app.post('/api/outside/meter-events', {
    schema: { summary: 'Last gasps, answers to pings and telemetry (key)', body: meterEventsSchema },
    // The key is looked at before the schema: whoever has none learns nothing of the interface.
    attachValidation: true,
    handler: async (request, reply) => {
      const key = await keyOf(request);
      if (isRefusal(key)) return sendRefusal(request, reply, key);
      if (request.validationError) throw request.validationError;
      const { events } = request.body as MeterEvents;
      const answer = await transact(database, async (tx) =>
        absorbMeterEvents(
          tx,
          { companyId: key.companyId, keyId: key.id },
          events,
          await outagePolicy(tx, deps, key.companyId),
        ),
      );
      if (isRefusal(answer)) return sendRefusal(request, reply, answer);
      return reply.header('cache-control', 'no-store').send(answer);
    },
  });
}
