import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptCase } from '#modules/case/index.ts';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { permissionsOf, roles } from '#modules/org/domain/index.ts';
import { demoCompany } from '#testing/demo/demo-company.ts';
import {
  addressOf,
  type InterfaceRoute,
  interfaceRoutes,
  type JsonSchema,
} from './testing/interface-routes.ts';
import { type Client, testApp } from './testing/test-app.ts';

// What a schema lets through and nobody means: the largest and the smallest number, 30 February, a text as long as allowed and
// made of characters of four bytes, a name in the address that is no id. Whatever the route: a clear answer, never a 5xx.

const failures: string[] = [];
const t = await testApp({ logError: (error) => failures.push(String(error)) });
await t.app.ready();
const routes = interfaceRoutes(t.app);

type Extreme = 'low' | 'high';

/** Dates and times that are none, numbers beyond every range, and words; the first that the pattern takes. */
const ODD: Readonly<Record<Extreme, readonly string[]>> = {
  low: [
    '2026-02-30',
    '0000-00-00',
    '00:00',
    '0',
    '00',
    '000000000000',
    '0000000000000000000',
    'a',
    'aaa',
    '-',
    'aaaaaaaa',
  ],
  high: [
    '9999-99-99',
    '2026-13-45',
    '99:99',
    '24:00',
    '9'.repeat(30),
    'z'.repeat(12),
    '\u{20BB7}'.repeat(40),
  ],
};

function textOf({ pattern, minLength = 0, maxLength = 4000 }: JsonSchema, extreme: Extreme): string {
  if (pattern === undefined)
    return '\u{20BB7}'.repeat(extreme === 'low' ? minLength : Math.floor(maxLength / 2));
  const fits = new RegExp(pattern, 'u');
  for (const odd of ODD[extreme])
    for (let length = odd.length; length > 0; length -= 1)
      if (fits.test(odd.slice(0, length))) return odd.slice(0, length);
  return '';
}

function hardOf(schema: JsonSchema, extreme: Extreme): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return extreme === 'low' ? schema.enum[0] : schema.enum.at(-1);
  if (schema.anyOf !== undefined) {
    const wanted = schema.anyOf.filter((one) => one.type !== 'null');
    return hardOf((extreme === 'low' ? wanted[0] : wanted.at(-1)) ?? {}, extreme);
  }
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, hardOf(inner, extreme)]),
      );
    case 'array':
      return Array.from({ length: Math.max(schema.minItems ?? 0, Math.min(2, schema.maxItems ?? 2)) }, () =>
        hardOf(schema.items ?? {}, extreme),
      );
    case 'integer':
      return extreme === 'low'
        ? (schema.minimum ?? Number.MIN_SAFE_INTEGER)
        : (schema.maximum ?? Number.MAX_SAFE_INTEGER);
    case 'number':
      return extreme === 'low' ? (schema.minimum ?? -1e308) : (schema.maximum ?? 1e308);
    case 'boolean':
      return extreme === 'high';
    case 'null':
      return null;
    default:
      return schema.format === 'uuid' ? '019a0000-0000-7000-8000-00000000beef' : textOf(schema, extreme);
  }
}

const intake = anIntake({
  process: 'repair-low',
  words: '没电了',
  householdId: await t.household('city'),
});
const clerk = await t.actor('clerk');
const made = await t.must((tx) => acceptCase(tx, t.deps, clerk, intake));
const IDS: Readonly<Record<string, string>> = {
  case: made.caseId,
  order: made.orderId ?? '',
  household: intake.householdId ?? '',
  person: clerk.personId,
  unit: clerk.unitId,
};

const clients = new Map<string, Client>();
async function whoMay(route: InterfaceRoute): Promise<Client> {
  const role = roles.find((one) => permissionsOf([one]).includes(route.permission as never)) ?? '';
  const login = demoCompany().logins.find((one) => one.role === role)?.login ?? '';
  const client = clients.get(login) ?? (await t.signIn(login));
  clients.set(login, client);
  return client;
}

async function send(route: InterfaceRoute, url: string, extreme: Extreme): Promise<number> {
  const client = await whoMay(route);
  t.clock.advance(1000);
  const body = hardOf(route.body ?? { type: 'object' }, extreme) as object;
  return (route.method === 'GET' ? await client.get(url) : await client.post(url, body, route.method))
    .statusCode;
}

const signsOut = (route: InterfaceRoute) =>
  /\/(?:people|sessions)\//.test(route.path) && route.method !== 'GET';

for (const extreme of ['low', 'high'] as const)
  test(`the ${extreme} end of every schema is answered, by every route`, async () => {
    const wrong: string[] = [];
    for (const route of routes.filter((one) => !signsOut(one))) {
      const query = new URLSearchParams(
        Object.entries(route.query).map(([name, schema]): [string, string] => [
          name,
          String(hardOf(schema, extreme)),
        ]),
      );
      const url = `${addressOf(route.path, IDS[route.object])}${query.size === 0 ? '' : `?${query}`}`;
      const status = await send(route, url, extreme);
      if (status >= 500) wrong.push(`${route.method} ${url}: ${failures.at(-1)}`);
    }
    assert.deepEqual(wrong, []);
  });

test('whatever stands in the address for a parameter', async () => {
  const wrong: string[] = [];
  const named = routes.filter((one) => one.path.includes('{') && !signsOut(one));
  assert.ok(named.length > 60);
  for (const route of named)
    for (const odd of ['abc', '%00']) {
      const status = await send(route, route.path.replace(/\{\w+\}/g, odd), 'low');
      if (status >= 500) wrong.push(`${route.method} ${route.path} ${odd}: ${failures.at(-1)}`);
    }
  assert.deepEqual(wrong, []);
});
