import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { smallCounty } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { deviceView } from './device-view.ts';
import { readNetworkCsv } from './domain/index.ts';
import { importNetwork } from './import-network.ts';
import { importStore } from './import-store.ts';
import { switchDevice } from './switch-device.ts';

const HEADER = 'code,name,kind,parent,normal,tie_to,length_m,kva';
const STATION = [
  'NS,新建变电站,substation,,,,,',
  'NF,10kV新线,breaker,NS,,,,',
  'NT1,新一号台变,transformer,NF,,,120,400',
  'NT2,新二号台变,transformer,NF,,,90,400',
  'NL1,,lv_branch,NT1,,,40,',
  'NB1,,meter_box,NL1,,,5,',
];

async function county() {
  const t = await smallCounty();
  const meters = await t.database.rows<{ no: string; id: string }>(sql`
    select m.meter_no as no, m.id from meters m where m.company_id = ${t.companyId} order by m.meter_no limit 3`);
  const take = (devices: readonly string[], rows: readonly string[], isDry = false) =>
    transact(t.database, async (tx) => {
      const known = new Map((await importStore(tx, t.companyId).devices()).map((one) => [one.code, one]));
      const draft = readNetworkCsv(
        {
          devices: { name: 'd.csv', text: [HEADER, ...devices].join('\n') },
          meters: { name: 'm.csv', text: ['meter_no,device', ...rows].join('\n') },
        },
        known,
      );
      return await importNetwork(tx, t.companyId, draft, { format: 'csv', isDry });
    });
  const idOf = async (code: string) =>
    (
      await t.database.one<{ id: string }>(sql`
        select d.id from network_devices d where d.company_id = ${t.companyId} and d.code = ${code}`)
    ).id;
  return {
    ...t,
    meters,
    idOf,
    taken: async (devices: readonly string[], rows: readonly string[], isDry = false) => {
      const result = await take(devices, rows, isDry);
      assert.ok(!isRefusal(result));
      return result;
    },
    take,
    below: async (code: string, at: number | null = null) => {
      const reader = { companyId: t.companyId, maySwitch: false };
      const view = await deviceView(t.database, reader, await idOf(code), at);
      assert.ok(view !== undefined);
      return view.below.households;
    },
    rows: async () => {
      const { n } = await t.database.one<{ n: number }>(sql`
        select (select count(*) from network_devices) + (select count(*) from network_places)
          + (select count(*) from network_supplies) + (select count(*) from network_imports) as n`);
      return n;
    },
  };
}

test('new devices are added, meters move from now on, the past stays; the same again changes nothing', async () => {
  const t = await county();
  const [first, second] = t.meters;
  const before = t.clock.now;
  const old = await t.database.one<{ code: string }>(sql`
    select d.code from network_supplies s
    join network_devices d on d.company_id = s.company_id and d.id = s.transformer_id where s.meter_id = ${first!.id}`);
  const oldBelow = await t.below(old.code);
  t.clock.advance(HOUR);
  const hung = [`${first!.no},NB1`, `${second!.no},NB1`];
  const { faults, count } = await t.taken(STATION, hung);
  assert.deepEqual(faults, []);
  assert.deepEqual(count, {
    devicesNew: 6,
    devicesMoved: 0,
    devicesUnchanged: 0,
    metersNew: 0,
    metersMoved: 2,
    metersUnchanged: 0,
  });
  assert.deepEqual([await t.below('NT1'), await t.below('NF')], [2, 2]);
  assert.ok((await t.below(old.code)) < oldBelow);
  assert.equal(await t.below(old.code, before), oldBelow);

  const record = await t.database.one<{ supply: string; transformer: string; feeder: string }>(sql`
    select s.supply, h.transformer_name as transformer, h.feeder_code as feeder from meters m
    join households h on h.company_id = m.company_id and h.id = m.household_id
    join household_search s on s.company_id = h.company_id and s.household_id = h.id
    where m.company_id = ${t.companyId} and m.id = ${first!.id}`);
  assert.deepEqual([record.transformer, record.feeder], ['新一号台变', 'NF']);
  assert.match(record.supply, /新一号台变/);

  t.clock.advance(HOUR);
  const again = await t.taken(STATION, hung);
  assert.deepEqual([again.count?.devicesUnchanged, again.count?.metersUnchanged], [6, 2]);
  assert.deepEqual([again.count?.devicesNew, again.count?.devicesMoved, again.count?.metersMoved], [0, 0, 0]);
});

test('a branch that is hung on another transformer takes its meters along, and the past remembers', async () => {
  const t = await county();
  await t.taken(STATION, [`${t.meters[0]!.no},NB1`]);
  const then = t.clock.now;
  t.clock.advance(HOUR);
  const moved = await t.taken(['NL1,,lv_branch,NT2,,,40,'], []);
  assert.deepEqual([moved.count?.devicesNew, moved.count?.devicesMoved], [0, 2]);
  assert.deepEqual([await t.below('NT1'), await t.below('NT2'), await t.below('NB1')], [0, 1, 1]);
  assert.deepEqual([await t.below('NT1', then), await t.below('NT2', then)], [1, 0]);
});

test('a dry run and a set with any fault write nothing', async () => {
  const t = await county();
  const before = await t.rows();
  const dry = await t.taken(STATION, [`${t.meters[0]!.no},NB1`], true);
  assert.deepEqual([dry.count?.devicesNew, dry.count?.metersMoved], [6, 1]);
  assert.equal(await t.rows(), before);

  const faulty = await t.taken([...STATION, 'F0102,,fuse,NF,,,,', 'NX,,switch,nowhere,,,,'], ['999,NB1']);
  assert.equal(faulty.count, null);
  assert.deepEqual(
    faulty.faults.map(({ item, code }) => [item, code]),
    [
      ['NX', 'network.unknown-parent'],
      ['F0102', 'network.other-kind'],
      ['999', 'network.unknown-meter'],
    ],
  );
  assert.equal(await t.rows(), before);
});

test('the place of a device that is switched is not changed under the hands of the dispatcher', async () => {
  const t = await county();
  await t.taken(STATION, []);
  t.clock.advance(HOUR);
  const actor = await t.actor('grid-dispatcher');
  const open = { open: true, planned: true, reason: 'maintenance' } as const;
  const branch = await t.idOf('NL1');
  await t.must((tx) => switchDevice(tx, actor, branch, open));
  t.clock.advance(HOUR);
  assert.deepEqual(await t.take(['NL1,,lv_branch,NT2,,,40,'], []), {
    refused: 'network.is-switched',
    detail: { code: 'NL1' },
  });
});
