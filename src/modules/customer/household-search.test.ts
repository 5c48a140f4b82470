import assert from 'node:assert/strict';
import { test } from 'node:test';
import { smallCounty } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { searchHouseholds } from './household-search.ts';

const { database, companyId } = await smallCounty();

/** A household as it is, unmasked, with a name that several characters long pieces can be taken from. */
const home = await database.one<{
  id: string;
  name: string;
  initials: string;
  phone: string;
  account_no: string;
  meter_no: string;
  place: string;
}>(sql`
  select h.id, c.name, s.py_primary as initials, s.phone, h.account_no, s.meter_no, p.place
  from households h
  join household_search s on s.company_id = h.company_id and s.household_id = h.id
  join customers c on c.company_id = h.company_id and c.id = h.customer_id
  join premises p on p.company_id = h.company_id and p.id = h.premises_id
  where h.company_id = ${companyId} and c.kind = 'person' and char_length(c.name) = 3 and s.phone is not null
    and h.closed_on is null
  order by h.account_no limit 1`);

async function find(typed: string, company = companyId, limit = 100) {
  return await searchHouseholds(database, { companyId: company, typed, limit });
}

test('a household is found by account, meter and phone number, their ends, name, initials and a piece of the address', async () => {
  const ways = [
    home.account_no,
    home.meter_no,
    home.phone,
    home.account_no.slice(-6),
    home.phone.slice(-4),
    home.name,
    home.name.slice(0, 2),
    home.initials,
    home.initials.toUpperCase(),
    `${home.name} ${home.phone.slice(-4)}`,
    `${home.place.slice(-4)} ${home.name.slice(0, 2)}`,
  ];
  for (const typed of ways) {
    const { hits } = await find(typed);
    assert.ok(
      hits.some((hit) => hit.householdId === home.id),
      `${typed} among ${hits.length}`,
    );
  }
});

test('every hit holds what was typed; nothing else, nothing of another company, nothing for one letter', async () => {
  const given = await database.rows<{ household_id: string }>(sql`
    select s.household_id from household_search s
    where s.company_id = ${companyId} and s.name like ${`${home.name.slice(0, 2)}%`}`);
  const { hits } = await find(home.name.slice(0, 2));
  const named = hits.filter((hit) => hit.match === 'name').map((hit) => hit.householdId);
  assert.deepEqual(named.toSorted(), given.map((row) => row.household_id).toSorted());
  assert.deepEqual((await find(`${home.name} 0000000000`)).hits, []);
  assert.deepEqual((await find('龘龘')).hits, []);
  assert.deepEqual((await find('x')).hits, []);
  assert.deepEqual((await find(home.name, '00000000-0000-7000-8000-000000000000')).hits, []);
});

test('what was typed is shown, the rest stays masked; a full list says that there is more', async () => {
  const byName = (await find(home.name)).hits.find((hit) => hit.householdId === home.id);
  assert.equal(byName?.name, home.name);
  assert.notEqual(byName?.phone, home.phone);
  assert.notEqual(byName?.accountNo, home.account_no);
  const byPhone = (await find(home.phone)).hits.find((hit) => hit.householdId === home.id);
  assert.equal(byPhone?.phone, home.phone);
  assert.notEqual(byPhone?.name, home.name);
  const many = await find(home.name.slice(0, 1), companyId, 1);
  assert.deepEqual([many.hits.length, many.more], [1, true]);
});
