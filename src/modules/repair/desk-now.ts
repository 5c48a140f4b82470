import type { Instant } from '#kernel/instant.ts';
import type { Reader } from '#modules/case/index.ts';
import { openIncidents } from '#modules/outage/index.ts';
import type { Db } from '#platform/db/db.ts';
import type { DeskNow } from './command-api.ts';
import { type Books, commandRows } from './command-reads.ts';
import { dispatchSettings } from './dispatch-reads.ts';
import { awaitsArrival, isDark } from './domain/index.ts';
import { tellingSettings } from './telling-settings.ts';

/** What the next dispatcher must know before he sits down: danger, darkness, crews, permissions, words that are owed. */
export async function deskNow(db: Db, reader: Reader, books: Books, now: Instant): Promise<DeskNow> {
  const rows = await commandRows(db, reader, books, { now, orderId: null });
  const incidents = await openIncidents(db, reader, now);
  const dark = rows.filter((row) => isDark(row.stage));
  const wide = new Map(incidents.map((one) => [one.orderId, one.households]));
  const { storm } = await dispatchSettings(db, reader.companyId);
  const { automatic } = await tellingSettings(db, reader.companyId);
  return {
    open: rows.length,
    dark: dark.reduce((sum, row) => sum + Math.max(row.households, wide.get(row.orderId) ?? 0), 0),
    hazards: incidents.filter(({ hazard, state }) => hazard !== null && state !== 'restored').length,
    nobodyThere: rows.filter((row) => awaitsArrival(row.stage)).length,
    crewsOut: rows.filter((row) => row.crew !== null && isDark(row.stage)).length,
    permission: rows.filter((row) => row.permissionSince !== null).length,
    tellingDue: rows.filter((row) => row.telling !== null && row.telling.dueAt <= now).length,
    tellingHeld: rows.filter((row) => row.telling !== null && row.telling.held !== null).length,
    incidentsHeld: incidents.filter(({ held }) => held).length,
    storm,
    automatic,
  };
}
