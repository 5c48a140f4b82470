import { isRefusal } from '#kernel/result.ts';
import { companyFeedTree, feedTreeMark } from '#modules/network/index.ts';
import type { Database } from '#platform/db/db.ts';
import { type Network, readNetwork, withMeters } from './domain/index.ts';
import { hearsMeters } from './source-reads.ts';

export type CompanyGrid = {
  readonly mark: string;
  /** Last gasps can be expected: their absence is evidence. */
  readonly metered: boolean;
  readonly network: Network;
};

export type CompanyGrids = {
  /** The same object as long as it is the same grid. */
  now(companyId: string, silence: number): Promise<CompanyGrid>;
  /** Known without a look; undefined: none was read yet. */
  known(companyId: string): CompanyGrid | undefined;
  /** Waits for a changed grid that is being read. */
  settle(companyId: string): Promise<void>;
};

/**
 * Half a million supplies take five seconds to read, so the grid is kept as long as nobody is supplied another way. The first one is
 * waited for; one that was changed in the middle of a storm is read beside the turns, which go on with the one before.
 */
export function companyGrids(database: Database): CompanyGrids {
  const grids = new Map<string, CompanyGrid>();
  const reading = new Map<string, Promise<void>>();
  const failed = new Map<string, unknown>();

  async function read(companyId: string, mark: string): Promise<void> {
    const network = readNetwork(await companyFeedTree(database, companyId));
    if (isRefusal(network)) throw new Error(`the grid cannot be inferred on: ${JSON.stringify(network)}`);
    const metered = grids.get(companyId)?.metered ?? false;
    grids.set(companyId, { mark, metered, network: withMeters(network, metered) });
  }

  function readBeside(companyId: string, mark: string): void {
    const work = read(companyId, mark)
      .catch((error: unknown) => failed.set(companyId, error))
      .then(() => void reading.delete(companyId));
    reading.set(companyId, work);
  }

  return {
    async now(companyId, silence) {
      const failure = failed.get(companyId);
      failed.delete(companyId);
      if (failure !== undefined) throw failure;
      const mark = await feedTreeMark(database, companyId);
      const metered = await hearsMeters(database, companyId, silence, await database.now());
      const before = grids.get(companyId);
      if (before === undefined) await read(companyId, mark);
      else if (before.mark !== mark && !reading.has(companyId)) readBeside(companyId, mark);
      const grid = grids.get(companyId) as CompanyGrid;
      if (grid.metered === metered) return grid;
      const turned = { ...grid, metered, network: withMeters(grid.network, metered) };
      grids.set(companyId, turned);
      return turned;
    },
    known: (companyId) => grids.get(companyId),
    settle: async (companyId) => await reading.get(companyId),
  };
}
