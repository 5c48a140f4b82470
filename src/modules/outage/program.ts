import { sql } from '#platform/db/sql.ts';

/** Repairs of missing supply; other processes of the business are no reports of it. */
export const REPAIRS: readonly string[] = ['repair-low', 'repair-medium'];

/** In whose name the program opens orders and joins demands. */
export const PROGRAM = { staffNo: 'program-outage', name: '停电研判' } as const;

/** Kinds of devices whose repair is one of low voltage; the others need the permission of the grid's dispatchers. */
export const LOW_VOLTAGE: ReadonlySet<string> = new Set(['lv_branch', 'meter_box']);

/** Somebody said so himself, and not only a meter. */
export const BY_PEOPLE = sql`('phone', 'counter', 'page', 'sms', 'door', 'patrol')`;

/** An incident for which somebody should be sent; `i` is its row. */
export const WANTS_ORDER = sql`i.hazard is null and not i.planned and not i.held and i.state in ('suspected', 'confirmed')`;
