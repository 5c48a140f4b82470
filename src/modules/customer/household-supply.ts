import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { type SearchFacts, searchRowMaker } from './search-row.ts';

/** Where a household is supplied from, as the grid has it. */
export type HouseholdSupply = {
  readonly householdId: string;
  readonly transformerCode: string;
  readonly transformerName: string;
  readonly feederCode: string;
  readonly feederName: string;
};

const CHUNK = 2000;

/** The grid says from where these households are supplied: their records and what they are found by follow. */
export async function followGrid(
  tx: Tx,
  companyId: string,
  supplies: readonly HouseholdSupply[],
): Promise<void> {
  const searchRow = searchRowMaker();
  for (let from = 0; from < supplies.length; from += CHUNK) {
    const chunk = supplies.slice(from, from + CHUNK);
    await tx.run(sql`
      update households set transformer_code = s."transformerCode", transformer_name = s."transformerName",
        feeder_code = s."feederCode", feeder_name = s."feederName"
      from jsonb_to_recordset(${JSON.stringify(chunk)}::jsonb) as s ("householdId" uuid, "transformerCode" text,
        "transformerName" text, "feederCode" text, "feederName" text)
      where households.company_id = ${companyId} and households.id = s."householdId"`);
    const rows = (await factsOf(tx, companyId, chunk)).map(({ id, ...facts }) => {
      const { supply, grams } = searchRow(facts);
      return { id, supply, grams };
    });
    await tx.run(sql`
      update household_search set supply = r.supply, grams = r.grams::tsvector
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, supply text, grams text)
      where household_search.company_id = ${companyId} and household_search.household_id = r.id`);
  }
}

/** Households that are no longer searched for, because their data were removed, are left out. */
async function factsOf(
  tx: Tx,
  companyId: string,
  supplies: readonly HouseholdSupply[],
): Promise<readonly (SearchFacts & { readonly id: string })[]> {
  return await tx.rows(sql`
    select h.id, c.name, c.kind, a.town_name as "townName", p.place, p.house_no as "houseNo",
      h.transformer_name as "transformerName", h.feeder_name as "feederName", c.phone, h.account_no as "accountNo",
      s.meter_no as "meterNo"
    from households h
    join household_search s on s.company_id = h.company_id and s.household_id = h.id
    join customers c on c.company_id = h.company_id and c.id = h.customer_id
    join premises p on p.company_id = h.company_id and p.id = h.premises_id
    join service_areas a on a.company_id = p.company_id and a.division_code = p.division_code
    where h.company_id = ${companyId} and h.id = any(${supplies.map(({ householdId }) => householdId)}::uuid[])`);
}
