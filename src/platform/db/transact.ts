import { isRefusal, type Refusal } from '#kernel/result.ts';
import type { Database, Tx } from './db.ts';

/** Runs a command: a refusal rolls back whatever was written before it was found, and comes back as a value. */
export async function transact<T>(
  database: Database,
  command: (tx: Tx) => Promise<T | Refusal>,
): Promise<T | Refusal> {
  try {
    return await database.transaction(async (tx) => {
      const result = await command(tx);
      if (isRefusal(result)) throw new Refused(result);
      return result;
    });
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.refused);
    this.refusal = refusal;
  }
}
