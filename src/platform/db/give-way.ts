import { setPriority } from 'node:os';
import type { PoolClient } from 'pg';
import type { Database } from './db.ts';

/** Ten steps of nice: about a tenth of the processor beside one that wants it as well, all of it when nobody does. */
const STEPS = 10;

/**
 * What a pool asks of a server of our own gives way to whoever waits for an answer: on two cores the background work of a storm had made
 * 99 of 100 demands wait up to 444 ms at half load, and 88–110 ms so (bench/intake.ts, the machine alone). A server somewhere else is
 * its administrator's; its process numbers mean nothing here. Call it before the first connection.
 */
export function giveWayIn({ pool }: Database, onError: (error: Error) => void): void {
  // The server's process, told to each client at its start; the types do not know it.
  pool.on('connect', (client: PoolClient & { readonly processID?: number }) => {
    const { processID } = client;
    if (processID === undefined) return;
    try {
      setPriority(processID, STEPS);
    } catch (error) {
      // It was killed since; whoever uses the connection hears of that too.
      onError(error as Error);
    }
  });
}

/** The calling thread does the same. Only Linux has a priority for each thread; elsewhere it would be the whole program's. */
export function giveWay(): void {
  if (process.platform === 'linux') setPriority(STEPS);
}
