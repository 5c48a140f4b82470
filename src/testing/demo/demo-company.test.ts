import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFictionalPhone } from '#modules/customer/domain/index.ts';
import { demoCompany } from './demo-company.ts';
import type { DemoHousehold } from './demo-household.ts';
import { demoHouseholds } from './households.ts';
import { onLand, readLand } from './places.ts';
import { TOWNS } from './towns.ts';

const NOW = 1_790_000_000_000;

test('the company is 文登 as the register has it: 16 towns, 721 committees, 20 stations, 65 points, 400 people', () => {
  const company = demoCompany();
  assert.equal(TOWNS.length, 16);
  assert.equal(company.places.length, 721);
  assert.equal(company.units.stations.length, 20);
  assert.equal(company.gridPoints.length, 65);
  assert.equal(new Set(company.gridPoints.map((point) => point.place.code)).size, 65);
  assert.equal(company.staff.length, 400);
  assert.equal(company.units.all.filter((unit) => unit.kind === 'department').length, 13);
});

test('every village lies on land and has one station', () => {
  const company = demoCompany();
  const land = readLand();
  for (const place of company.places) {
    assert.ok(onLand(place, land), place.name);
    assert.ok(company.units.stationOf(place).places.includes(place));
  }
  const served = company.units.stations.reduce((sum, station) => sum + station.places.length, 0);
  assert.equal(served, 721);
});

test('the same seed gives the same company and households, another seed another', () => {
  assert.deepEqual(firstHouseholds(7, 300), firstHouseholds(7, 300));
  assert.notDeepEqual(firstHouseholds(7, 300), firstHouseholds(8, 300));
  assert.deepEqual(
    demoCompany(7).staff.map((person) => person.name),
    demoCompany(7).staff.map((person) => person.name),
  );
});

test('households are as many as asked, their numbers and ids are unique, their phones belong to nobody', () => {
  const households = firstHouseholds(1, 30_000);
  assert.equal(households.length, 30_000);
  for (const key of [idOf, accountOf, meterOf]) assert.equal(new Set(households.map(key)).size, 30_000);
  const phones = households.flatMap((h) =>
    h.newCustomer && h.customer.phone !== null ? [h.customer.phone] : [],
  );
  assert.equal(new Set(phones).size, phones.length);
  assert.ok(phones.every(isFictionalPhone));
  assert.ok(demoCompany(1).staff.every((person) => isFictionalPhone(person.phone)));
  const customers = households.filter((h) => h.newCustomer).map((h) => h.customer.id);
  assert.equal(new Set(customers).size, customers.length);
  assert.ok(households.every((h) => h.accountNo.length === 10 || h.accountNo.length === 13));
});

test('all who can sign in are different people on the post that the sign-in names', () => {
  const { logins } = demoCompany();
  assert.equal(new Set(logins.map(({ login }) => login)).size, logins.length);
  assert.equal(new Set(logins.map(({ person }) => person.id)).size, logins.length);
});

test('the county has important users, key accounts, and people in need with evidence that is still in force', () => {
  const households = firstHouseholds(1, 30_000);
  assert.ok(households.filter((h) => h.importantGrade !== null).length >= 5);
  assert.ok(households.filter((h) => h.keyAccount).length >= 10);
  const flags = households.flatMap((h) => h.flags);
  for (const kind of ['life-support', 'elderly-alone', 'disabled', 'low-income']) {
    assert.ok(
      flags.some((flag) => flag.kind === kind),
      kind,
    );
  }
  assert.ok(flags.every((flag) => flag.setAt < NOW && NOW < flag.expiresAt && flag.evidenceNote !== ''));
});

function firstHouseholds(seed: number, count: number): DemoHousehold[] {
  const company = demoCompany(seed);
  return [...demoHouseholds({ seed, count, places: company.places, units: company.units, now: NOW })];
}

function idOf(household: DemoHousehold): string {
  return household.id;
}

function accountOf(household: DemoHousehold): string {
  return household.accountNo;
}

function meterOf(household: DemoHousehold): string {
  return household.meter.no;
}
