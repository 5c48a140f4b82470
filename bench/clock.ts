import { join } from 'node:path';
import { runClockCli } from '#modules/clock/cli-clock.ts';

// `dafuwu clock` on 100,000 lines against its floor: parsing and printing the same lines. Prints the ratio; absolute times depend on
// the machine and stand beside it only for the promise of 3 seconds (issue 2, C9).

const LINES = 100_000;
const TABLE = join(import.meta.dirname, '../handbook/calendars/holiday-cn.json');
const LIMITS = ['45min', '90min', '24h', '7cd', '5wd', '10wd', '6bh', '40bh', '-7cd'];
const CALENDARS = ['cn', 'hall', 'office', { tz: 'America/New_York', weekly: { mon: [['09:00', '17:00']] } }];

const input = Buffer.from(questions(LINES).join('\n'));
await engine();
const floor = Math.min(parseAndPrint(), parseAndPrint());
const spent = Math.min(await engine(), await engine());
console.log(
  `clock: ${LINES} lines in ${spent.toFixed(0)} ms, ${(spent / floor).toFixed(1)} × parsing and printing them (${floor.toFixed(0)} ms)`,
);
if (spent > 3000) process.exitCode = 1;

async function engine(): Promise<number> {
  const begun = performance.now();
  await runClockCli([], TABLE, {
    input: chunks(),
    write: async () => undefined,
    complain: (text) => console.error(text),
  });
  return performance.now() - begun;
}

function parseAndPrint(): number {
  const begun = performance.now();
  let length = 0;
  for (const line of input.toString('utf8').split('\n')) length += JSON.stringify(JSON.parse(line)).length;
  if (length < LINES) throw new Error('nothing was printed');
  return performance.now() - begun;
}

async function* chunks(): AsyncGenerator<Buffer> {
  for (let at = 0; at < input.length; at += 1 << 16) yield input.subarray(at, at + (1 << 16));
}

function questions(count: number): string[] {
  let seed = 1;
  // Lehmer's generator: the same lines each time.
  const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const first = Date.parse('2015-01-01T00:00:00+08:00');
  return Array.from({ length: count }, (_, id) => {
    const start = first + random(11 * 365 * 86_400) * 1000;
    const from = start + random(5 * 86_400) * 1000;
    const pauses =
      random(3) === 0 ? [{ from: iso(from), to: iso(from + random(2 * 86_400) * 1000) }] : undefined;
    const calendar = CALENDARS[random(CALENDARS.length)];
    const limit = LIMITS[random(LIMITS.length)];
    return JSON.stringify({
      id: String(id),
      op: 'due',
      calendar,
      input: { start: iso(start), limit, pauses },
    });
  });
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
