import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeviceKind } from './device.ts';
import { readNetworkCsv } from './read-network-csv.ts';

const HEADER = 'code,name,kind,parent,normal,tie_to,length_m,kva,lon,lat';
const GOOD = [
  'S1,米山站,substation,,,,,,122.05,37.21',
  'F1,10kV米山线,breaker,S1,,,,,,',
  'K1,1号分段,switch,F1,closed,,1200,,,',
  'T1,米山1#台变,transformer,K1,,,,400,,',
  'L1,,lv_branch,T1,,,80,,,',
  'B1,,meter_box,L1,,,,,,',
];

function read(
  devices: readonly string[],
  meters: readonly string[] = [],
  known?: ReadonlyMap<string, { kind: DeviceKind; parent: string | null }>,
) {
  return readNetworkCsv(
    {
      devices: { name: 'devices.csv', text: [HEADER, ...devices].join('\r\n') },
      meters: { name: 'meters.csv', text: ['meter_no,device', ...meters].join('\n') },
    },
    known,
  );
}

const faultsOf = (devices: readonly string[], meters: readonly string[] = []) =>
  read(devices, meters).faults.map(({ file, line, item, code }) => [file, line, item, code]);

test('a good set is read, with its units', () => {
  const draft = read(GOOD, ['M1,B1', 'M2,B1']);
  assert.deepEqual(draft.faults, []);
  assert.deepEqual(
    draft.devices.map(({ id, kind, parent }) => [id, kind, parent]),
    [
      ['S1', 'substation', null],
      ['F1', 'breaker', 'S1'],
      ['K1', 'switch', 'F1'],
      ['T1', 'transformer', 'K1'],
      ['L1', 'lv_branch', 'T1'],
      ['B1', 'meter_box', 'L1'],
    ],
  );
  assert.deepEqual([draft.devices[2]?.km, draft.devices[3]?.kva, draft.devices[4]?.name], [1.2, 400, 'L1']);
  assert.deepEqual(draft.supplies, [
    { meter: 'M1', device: 'B1' },
    { meter: 'M2', device: 'B1' },
  ]);
});

test('every kind of fault is named with its file, row and code', () => {
  assert.deepEqual(
    faultsOf(
      [
        ...GOOD,
        'X1,,pole,F1,,,,,,',
        ',,switch,F1,,,,,,',
        'K1,,switch,S1,,,,,,',
        'K1,,switch,F1,,,,,,',
        'R1,,switch,R2,,,,,,',
        'R2,,switch,R1,,,,,,',
        'I1,,switch,,,,,,,',
        'U1,,switch,nowhere,,,,,,',
        'W1,,switch,L1,,,,,,',
        'W2,,meter_box,B1,,,,,,',
        'N1,,lv_branch,K1,,,,,,',
        'C1,,switch,K1,closed,F1,,,,',
        'C2,,switch,K1,open,nowhere,,,,',
        'V1,,switch,K1,ajar,,,,,',
        'V2,,switch,K1,,,-5,,,',
        'V3,,switch,K1,,,,,222,',
        'S2,,substation,S1,,,,,,',
        '"Q1,,switch,K1,,,,,,',
      ],
      ['M1,B1', 'M1,B1', 'M2,nowhere', 'M3,K1', ',B1', 'M4,'],
    ),
    [
      ['devices.csv', 8, 'X1', 'network.unknown-kind'],
      ['devices.csv', 9, null, 'network.no-code'],
      ['devices.csv', 10, 'K1', 'network.two-parents'],
      ['devices.csv', 11, 'K1', 'network.code-twice'],
      ['devices.csv', 12, 'R1', 'network.ring'],
      ['devices.csv', 13, 'R2', 'network.ring'],
      ['devices.csv', 14, 'I1', 'network.island'],
      ['devices.csv', 15, 'U1', 'network.unknown-parent'],
      ['devices.csv', 16, 'W1', 'network.wrong-order'],
      ['devices.csv', 17, 'W2', 'network.wrong-order'],
      ['devices.csv', 18, 'N1', 'network.no-transformer'],
      ['devices.csv', 19, 'C1', 'network.closed-tie'],
      ['devices.csv', 20, 'C2', 'network.unknown-tie'],
      ['devices.csv', 21, 'V1', 'network.bad-value'],
      ['devices.csv', 22, 'V2', 'network.bad-value'],
      ['devices.csv', 23, 'V3', 'network.bad-value'],
      ['devices.csv', 24, 'S2', 'network.substation-with-parent'],
      ['devices.csv', 25, null, 'network.bad-quote'],
      ['meters.csv', 3, 'M1', 'network.meter-twice'],
      ['meters.csv', 4, 'M2', 'network.unknown-device'],
      ['meters.csv', 5, 'M3', 'network.meter-without-transformer'],
      ['meters.csv', 6, null, 'network.no-meter'],
      ['meters.csv', 7, 'M4', 'network.meter-without-device'],
    ],
  );
});

test('what is in the house already can be built upon', () => {
  const known = new Map<string, { kind: DeviceKind; parent: string | null }>([
    ['S1', { kind: 'substation', parent: null }],
    ['T9', { kind: 'transformer', parent: 'S1' }],
  ]);
  assert.deepEqual(read(['L9,,lv_branch,T9,,,,,,'], ['M9,L9'], known).faults, []);
  assert.equal(read(['L9,,lv_branch,T9,,,,,,']).faults[0]?.code, 'network.unknown-parent');
});

test('a table without its columns is one fault a column', () => {
  const draft = readNetworkCsv({
    devices: { name: 'd', text: 'code,kind\n' },
    meters: { name: 'm', text: '' },
  });
  assert.deepEqual(
    draft.faults.map(({ file, line, detail }) => [file, line, detail?.['column']]),
    [
      ['d', 1, 'parent'],
      ['m', 1, 'meter_no'],
      ['m', 1, 'device'],
    ],
  );
});
