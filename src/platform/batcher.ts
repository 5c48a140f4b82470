/** So many requests at most in one transaction: more gain nothing, and all of them wait for the slowest. */
const LARGEST = 64;
/**
 * Two batches are at work at once when so many wait: while one waits for the disk the other is being put together. Fewer wait
 * for the one under way to end: a transaction costs as much for one request as for ten, and at half load pairs of two
 * requests each had kept the machine busy with twice as many transactions (measured).
 */
const WORTH_A_SECOND = 16;

/**
 * Gathers requests that come in while earlier ones are being written, and hands them on together. Nobody waits for a
 * timer: a request that comes alone is handed on alone, at once. `work` answers one result an item, in their order, or the
 * promise of one.
 */
export function batcher<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly (Result | Promise<Result>)[]>,
): (item: Item) => Promise<Result> {
  type Waiting = {
    readonly item: Item;
    readonly resolve: (result: Result | Promise<Result>) => void;
    readonly reject: (error: unknown) => void;
  };
  let waiting: Waiting[] = [];
  let atWork = 0;

  async function run(batch: readonly Waiting[]): Promise<void> {
    try {
      const results = await work(batch.map((one) => one.item));
      if (results.length !== batch.length)
        throw new Error(`${batch.length} items, ${results.length} results`);
      batch.forEach((one, i) => one.resolve(results[i] as Result));
    } catch (error) {
      for (const one of batch) one.reject(error);
    } finally {
      atWork -= 1;
      next();
    }
  }

  function next(): void {
    const wanted = atWork === 0 ? 1 : WORTH_A_SECOND;
    if (waiting.length < wanted || atWork === 2) return;
    atWork += 1;
    const batch = waiting.slice(0, LARGEST);
    waiting = waiting.slice(LARGEST);
    void run(batch);
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      // Requests of the same turn of the event loop go together.
      setImmediate(next);
    });
}
