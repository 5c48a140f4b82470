import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADMINISTRATORS, checkGrant, checkRevoke } from './role-rules.ts';

test('a role of the three administrators stands alone, whichever comes first', () => {
  for (const role of ADMINISTRATORS) {
    assert.equal(checkGrant({ role, held: [], own: false }), undefined);
    for (const held of [...ADMINISTRATORS, 'clerk'].filter((one) => one !== role)) {
      assert.equal(
        checkGrant({ role, held: [held], own: false })?.refused,
        'role.separate',
        `${held} + ${role}`,
      );
      assert.equal(checkGrant({ role: held, held: [role], own: false })?.refused, 'role.separate');
    }
  }
  assert.equal(checkGrant({ role: 'hall-lead', held: ['clerk'], own: false }), undefined);
});

test('nobody gives himself a role, and nobody takes his own', () => {
  assert.equal(checkGrant({ role: 'clerk', held: [], own: true })?.refused, 'role.own');
  assert.equal(
    checkRevoke({ role: 'auditor', held: ['auditor'], own: true, others: 3 })?.refused,
    'role.own',
  );
});

test('the last of an administrator role stays; any other role goes', () => {
  const held = ['auditor'];
  assert.equal(checkRevoke({ role: 'auditor', held, own: false, others: 0 })?.refused, 'role.last');
  assert.equal(checkRevoke({ role: 'auditor', held, own: false, others: 1 }), undefined);
  assert.equal(checkRevoke({ role: 'clerk', held: ['clerk'], own: false, others: 0 }), undefined);
  assert.equal(checkRevoke({ role: 'clerk', held: [], own: false, others: 0 })?.refused, 'role.unknown');
});

test('a role that the table does not know is no role', () => {
  assert.equal(checkGrant({ role: 'emperor', held: [], own: false })?.refused, 'role.unknown');
  assert.equal(checkGrant({ role: 'clerk', held: ['clerk'], own: false })?.refused, 'role.held');
});
