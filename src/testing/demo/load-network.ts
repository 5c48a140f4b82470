import type { PoolClient } from 'pg';
import { copyRows, type CopyValue } from './copy-rows.ts';
import type { DemoNetwork } from './network.ts';

const CHUNK = 20_000;

/** Writes the grid of the demonstration. `since`: from when its devices stand and its meters hang on them. */
export async function loadNetwork(
  client: PoolClient,
  companyId: string,
  network: DemoNetwork,
  since: string,
): Promise<void> {
  const { devices, supplies, secondMeters } = network.build();
  const copy = async <T>(
    table: string,
    columns: string,
    items: readonly T[],
    row: (item: T) => CopyValue[],
  ) => {
    for (let from = 0; from < items.length; from += CHUNK)
      await copyRows(
        client,
        table,
        ['company_id', ...columns.split(' ')],
        items.slice(from, from + CHUNK).map((item) => [companyId, ...row(item)]),
      );
  };
  await copy('meters', 'id household_id meter_no phases installed_on', secondMeters, (m) => [
    m.id,
    m.householdId,
    m.no,
    m.phases,
    m.installedOn,
  ]);
  await copy('network_devices', 'id code name kind km kva lon lat placed', devices, (d) => [
    d.id,
    d.code,
    d.name,
    d.kind,
    d.km,
    d.kva,
    d.lon,
    d.lat,
    false,
  ]);
  await copy(
    'network_places',
    'device_id since parent_id tie_id normally_open feeder_id transformer_id',
    devices,
    (d) => [d.id, since, d.parentId, d.tieId, d.tieId !== null, d.feederId, d.transformerId],
  );
  await copy('network_supplies', 'meter_id since household_id device_id transformer_id', supplies, (s) => [
    s.meterId,
    since,
    s.householdId,
    s.deviceId,
    s.transformerId,
  ]);
}
