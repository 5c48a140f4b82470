import type { Instant } from '#kernel/instant.ts';
import { type ProcessState, type StepDefinition, stepKey } from '#modules/process/domain/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { CasePaper } from './case-api.ts';
import { type Reader, visibleCase } from './case-reads.ts';

/**
 * The work order of a case on paper: each step of its process that is not skipped, with what is to be ticked and written down, so that
 * it can be worked by hand when nothing else works. What was done is on the time line. Undefined: no such case, or none with an order.
 */
export async function casePaper(
  db: Db,
  versionOf: (db: Db, companyId: string, id: string) => Promise<HandbookVersion>,
  reader: Reader,
  of: { readonly id: string; readonly now: Instant },
): Promise<CasePaper | undefined> {
  const order = await db.maybe<{ process: string; version: string; state: ProcessState }>(sql`
    select o.process, o.handbook_version_id as version, o.process_state as state
    from cases c
    join case_orders l on l.company_id = c.company_id and l.case_id = c.id and l.unlinked_at is null
    join orders o on o.company_id = l.company_id and o.id = l.order_id
    where c.company_id = ${reader.companyId} and c.id = ${of.id} and ${visibleCase(reader, of.now)}`);
  if (order === undefined) return undefined;
  const version = await versionOf(db, reader.companyId, order.version);
  const definition = version.process(order.process);
  if (definition === undefined) return undefined;
  return {
    steps: definition.steps.flatMap((step) => {
      const state =
        order.state.steps[stepKey(step.id, step.on === 'case' ? of.id : null)]?.status ?? 'waiting';
      if (step.kind === 'automatic' || state === 'skipped') return [];
      const post = version.handbook.posts.find((one) => one.id === step.post)?.name ?? {
        zh: step.post,
        en: step.post,
      };
      return [{ ...paperOf(step), post, done: state === 'done' }];
    }),
  };
}

function paperOf({ id, name, what, how, checklist = [], fields = [] }: StepDefinition) {
  return {
    id,
    name,
    what,
    how,
    checks: checklist.map((item) => item.text),
    fields: fields.map((field) => ({
      name: field.name,
      type: field.type,
      unit: field.unit ?? null,
      options: (field.options ?? []).map((option) => option.name),
    })),
  };
}
