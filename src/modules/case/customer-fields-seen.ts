import type { Instant } from '#kernel/instant.ts';
import { type CustomerField, fieldsSeen, type Who } from '#modules/process/domain/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Db } from '#platform/db/db.ts';
import { findCase, findOrderOf, listTasks, type Reader } from './case-reads.ts';
import { isFor } from './case-view.ts';

/** What of the customer this reader sees on this case, as the case page shows it; undefined: no such case for him. */
export async function customerFieldsSeen(
  db: Db,
  versionOf: (db: Db, companyId: string, versionId: string) => Promise<HandbookVersion>,
  reader: Reader & Who,
  id: string,
  now: Instant,
): Promise<ReadonlySet<CustomerField> | undefined> {
  const row = await findCase(db, reader, id, now);
  if (row === undefined) return undefined;
  const order = await findOrderOf(db, reader.companyId, id);
  const version = await versionOf(db, reader.companyId, row.handbook_version_id);
  const tasks = order === undefined ? [] : await listTasks(db, reader.companyId, order.id, id);
  const mine = tasks.filter((task) => isFor(task, reader)).map((task) => task.step);
  const definition = order === undefined ? undefined : version.process(order.process);
  return fieldsSeen(definition, mine, row.first_asked_id === reader.personId);
}
