import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { acceptCase, type CaseDeps, type Intake } from '#modules/case/index.ts';
import { findCaller } from '#modules/customer/index.ts';
import { mintLink } from '#modules/notice/index.ts';
import { beforeOrder, hearWithoutCase } from '#modules/outage/index.ts';
import type { DoorTable, PageItem } from '#modules/process/domain/index.ts';
import type { Database, Tx } from '#platform/db/db.ts';
import { timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { idempotent } from '#platform/http/idempotent.ts';
import type { Vault } from '#platform/vault.ts';
import { countInHour, countOfPhone, doorActor, hashOf } from './door-actor.ts';
import { isWorkDone } from './domain/index.ts';
import type { KnownFault, PageAnswer, PageReport } from './page-api.ts';
import { findDivision, findKnownFault, type ReportPlace } from './page-reads.ts';

/** Limits of the handbook: nobody has more to say in an hour; a whole village behind one mobile address has. */
const PER_PHONE = 'R116-phone';
const PER_ADDRESS = 'R116-address';
/** A repeated report goes into page_reports once, by its case; its key is kept with the other writes'. */
const CHANNEL = 'web';

export type PageFrom = {
  readonly companyId: string;
  readonly key: string;
  /** Null on this machine itself, which says nothing of who asks. */
  readonly address: string | null;
};

/**
 * A customer reports by the page himself. What is known of an outage where he is, is told before a case is made, unless he
 * insists. The key makes a repeat harmless, also of many at once; the link is made anew each time, for only its hash is
 * kept. Refusals: `page.work`, `page.too-many`, `page.item-unknown`, `page.account-unknown`, `page.place-unknown`,
 * `page.place-missing`, `http.key-reused`, and those of `acceptCase`.
 */
export async function reportByPage(
  { database, vault }: { readonly database: Database; readonly vault: Vault },
  deps: CaseDeps,
  from: PageFrom,
  report: PageReport,
): Promise<PageAnswer | Refusal> {
  if (!isWorkDone(from.key, report.nonce)) return refuse('page.work');
  return await transact(database, async (tx) => {
    const table = (await deps.activeHandbook(tx, from.companyId))?.handbook.doors;
    const item = table?.page.find((one) => one.id === report.item);
    if (table === undefined || item === undefined) return refuse('page.item-unknown');
    const where = await placeOf(tx, from.companyId, report);
    if (isRefusal(where)) return where;
    if (item.fault && !report.insist) {
      const known = await knownOf(tx, deps, from.companyId, where, report.divisionCode);
      if (known !== undefined) return { known };
    }
    return await makeCase(tx, vault, deps, from, { report, table, item, where });
  });
}

/** What he says is evidence all the same, when he takes the answer and makes no case. */
async function knownOf(
  tx: Tx,
  deps: CaseDeps,
  companyId: string,
  { householdId }: Where,
  divisionCode: string | null,
): Promise<KnownFault | undefined> {
  const reported = async () => {
    const found = await findKnownFault(tx, companyId, { householdId, divisionCode }, tx.now);
    return found === undefined ? undefined : { ...found, planned: false };
  };
  if (householdId === null) return await reported();
  const { outage, planned } = await beforeOrder(tx, deps, companyId, householdId, tx.now);
  if (planned?.underway === true)
    return { since: planned.from, reports: 0, arrivedAt: null, dueAt: planned.until, planned: true };
  if (outage === null) return await reported();
  const { incidentId, since, reports, arrivedAt, dueAt, nextNewsAt } = outage;
  await hearWithoutCase(tx, companyId, { source: 'page', householdId, incidentId });
  return { since, reports, arrivedAt, dueAt: nextNewsAt ?? dueAt, planned: false };
}

type Where = { readonly householdId: string | null; readonly division: ReportPlace | null };

/** His household by the account number or a phone that only one household has; else the village he chose. */
async function placeOf(tx: Tx, companyId: string, report: PageReport): Promise<Where | Refusal> {
  const division =
    report.divisionCode === null ? null : await findDivision(tx, companyId, report.divisionCode);
  if (division === undefined) return refuse('page.place-unknown');
  if (report.accountNo !== null) {
    const row = await tx.maybe<{ id: string }>(sql`
      select h.id from households h where h.company_id = ${companyId} and h.closed_on is null
        and h.account_no = ${report.accountNo.replace(/\s/g, '')}`);
    return row === undefined ? refuse('page.account-unknown') : { householdId: row.id, division };
  }
  if (division === null) return refuse('page.place-missing');
  const { householdIds, area } = await findCaller(tx, companyId, report.phone);
  const own =
    householdIds.length === 1 && area?.divisionCode === report.divisionCode ? householdIds[0] : null;
  return { householdId: own ?? null, division };
}

async function makeCase(
  tx: Tx,
  vault: Vault,
  deps: CaseDeps,
  from: PageFrom,
  of: {
    readonly report: PageReport;
    readonly table: DoorTable;
    readonly item: PageItem;
    readonly where: Where;
  },
): Promise<PageAnswer | Refusal> {
  const { report, table } = of;
  const { companyId } = from;
  const actor = await doorActor(tx, companyId, { id: CHANNEL, name: table.pageName.zh });
  const { nonce: _spent, ...content } = report;
  const request = { companyId, actorId: actor.personId, key: from.key, content };
  let repeated = true;
  const made = await idempotent<{ readonly caseId: string; readonly no: string }>(
    tx,
    vault,
    request,
    async () => {
      repeated = false;
      const tooMany = await countReports(tx, deps, from, report.phone);
      if (tooMany !== undefined) return tooMany;
      const accepted = await acceptCase(tx, deps, actor, intakeOf(of));
      if (isRefusal(accepted)) return accepted;
      await tx.run(sql`
      insert into page_reports (company_id, case_id, item, division_code, at)
      values (${companyId}, ${accepted.caseId}, ${report.item}, ${report.divisionCode}, ${timestamp(tx.now)})`);
      return { caseId: accepted.caseId, no: accepted.no };
    },
  );
  if (isRefusal(made)) return made;
  return { no: made.no, link: `/c/${await mintLink(tx, companyId, made.caseId)}`, repeated };
}

async function countReports(
  tx: Tx,
  deps: CaseDeps,
  from: PageFrom,
  phone: string,
): Promise<Refusal | undefined> {
  const limits = (await deps.activeHandbook(tx, from.companyId))?.handbook.limits ?? [];
  const most = (id: string) => limits.find((one) => one.id === id)?.value ?? 0;
  const byPhone = await countOfPhone(tx, from.companyId, phone);
  if (byPhone > most(PER_PHONE)) return refuse('page.too-many');
  if (from.address === null) return undefined;
  const byAddress = await countInHour(
    tx,
    from.companyId,
    hashOf(`address ${from.companyId} ${from.address}`),
  );
  return byAddress > most(PER_ADDRESS) ? refuse('page.too-many') : undefined;
}

function intakeOf({
  report,
  item,
  where,
}: {
  readonly report: PageReport;
  readonly item: PageItem;
  readonly where: Where;
}): Intake {
  const place = [where.division?.name, report.place.trim()].filter(
    (part) => part !== undefined && part !== '',
  );
  return {
    channel: CHANNEL,
    process: item.process,
    quickItem: null,
    caseType: item.caseType,
    householdId: where.householdId,
    area: where.division?.area ?? null,
    words: report.words,
    contactName: report.name,
    contactPhone: report.phone,
    place: place.length === 0 ? null : place.join(' ').slice(0, 200),
    accusedUnitId: null,
    mood: 'calm',
    escalationRisk: false,
    anonymous: false,
    noCallBack: false,
    papers: [],
    promiseSigned: false,
    stationId: where.division?.stationId ?? null,
  };
}
