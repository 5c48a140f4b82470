import { Type } from 'typebox';

// What many requests name, each with its range: what the database cannot hold is refused at the door, not by the database.

/** Milliseconds since 1970, to the year 2243: somebody who means later has mistyped. */
export const instantSchema = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000 });

/** What the page knew of a stream (409 when it has moved). */
export const seqSchema = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });

/** A day that is one: `2026-02-30` is none. */
export const daySchema = Type.String({ pattern: '^[12]\\d{3}-\\d{2}-\\d{2}$', format: 'date' });
