import { findCaller, searchHouseholds } from '#modules/customer/index.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { type OutsideOrder, phoneIn } from './domain/index.ts';

export type Place = {
  /** Only where it is certain; a wrong household is worse than none. */
  readonly householdId: string | null;
  readonly by: 'account' | 'phone' | 'address' | null;
  readonly area: 'city' | 'rural' | 'remote' | null;
  readonly stationId: string | null;
};

/** Shorter pieces of an address fit too many houses to be worth a search. */
const SHORTEST_ADDRESS = 6;
/** So much of the end of an address is searched for: province, city and district stand before it. */
const SEARCHED = 20;

/**
 * Whose demand it is, as far as that is certain: the account number; else a phone that one household alone has; else an
 * address that ends in the place and number of exactly one house. Without a household the named village still tells area
 * and station.
 */
export async function findPlace(db: Db, companyId: string, order: OutsideOrder): Promise<Place> {
  const none = { area: null, stationId: null };
  const byAccount = await accountOf(db, companyId, order.accountNo);
  if (byAccount !== null) return { householdId: byAccount, by: 'account', ...none };
  const phone = phoneIn(order.contactPhone);
  const known = phone === null ? [] : (await findCaller(db, companyId, phone)).householdIds;
  if (known.length === 1 && known[0] !== undefined) return { householdId: known[0], by: 'phone', ...none };
  const byAddress = await addressOf(db, companyId, order.place);
  if (byAddress !== null) return { householdId: byAddress, by: 'address', ...none };
  return { householdId: null, by: null, ...(await villageOf(db, companyId, order.place)) };
}

async function accountOf(db: Db, companyId: string, accountNo: string | undefined): Promise<string | null> {
  if (accountNo === undefined) return null;
  const row = await db.maybe<{ id: string }>(sql`
    select h.id from households h
    where h.company_id = ${companyId} and h.account_no = ${accountNo.replace(/\s/g, '')} and h.closed_on is null`);
  return row?.id ?? null;
}

async function addressOf(db: Db, companyId: string, place: string | undefined): Promise<string | null> {
  const said = plain(place ?? '');
  if (said.length < SHORTEST_ADDRESS) return null;
  // The search finds houses whose texts hold the piece; of an address with more around it the end is the house.
  const { hits } = await searchHouseholds(db, { companyId, typed: said.slice(-SEARCHED), limit: 20 });
  if (hits.length === 0) return null;
  const rows = await db.rows<{ id: string; address: string }>(sql`
    select h.id, p.place || p.house_no as address from households h
    join premises p on p.company_id = h.company_id and p.id = h.premises_id
    where h.company_id = ${companyId} and h.closed_on is null
      and h.id = any(${hits.map((hit) => hit.householdId)}::uuid[])`);
  const same = rows.filter((row) => said.endsWith(plain(row.address)));
  return same.length === 1 ? (same[0]?.id ?? null) : null;
}

/** The one village or compound whose name stands in the address. */
async function villageOf(db: Db, companyId: string, place: string | undefined) {
  const said = plain(place ?? '');
  const rows = await db.rows<{ area: 'city' | 'rural' | 'remote'; stationId: string; town: boolean }>(sql`
    select a.area_class as area, a.station_id as "stationId", position(a.town_name in ${said}) > 0 as town
    from service_areas a
    where a.company_id = ${companyId} and length(a.name) >= 2
      and position(regexp_replace(a.name, '(村|社区|居委会|村委会|居民委员会|村民委员会)$', '') in ${said}) > 0`);
  const named = rows.some((row) => row.town) ? rows.filter((row) => row.town) : rows;
  const [one] = named;
  return one !== undefined && named.length === 1
    ? { area: one.area, stationId: one.stationId }
    : { area: null, stationId: null };
}

function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '');
}
