import { parseArgs } from 'node:util';
import { torture } from '#testing/torture.ts';

// `npm run torture`: kill -9 of the program and of the database, each so many times, while reports come in. Nothing that was
// acknowledged may be lost, nothing doubled, no moment of a clock written twice.

const { values } = parseArgs({ options: { kills: { type: 'string', default: '20' } } });
const kills = Number(values.kills);
const result = await torture({
  kills: { program: kills, server: kills },
  lying: false,
  secondsBetween: 2,
  say: console.log,
});
process.exitCode = result.ok ? 0 : 1;
