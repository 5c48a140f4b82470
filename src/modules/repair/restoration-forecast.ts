import type { Forecast } from './command-api.ts';
import { factsOf } from './dispatch-board.ts';
import type { Planned } from './dispatch-view.ts';
import { litBy, simulateRestoration } from './domain/index.ts';

/** The whole queue as the plan would work it off: when each is reached and lit, and when half and all of them. */
export function forecastOf({ board, proposal }: Planned): Forecast {
  const { facts } = factsOf(board);
  const customers = new Map(facts.faults.map((fault) => [fault.id, fault.customers]));
  const names = new Map(board.crews.map((crew) => [crew.id, crew.name]));
  const orders = simulateRestoration(facts, proposal.plan).map(({ fault, crew, reachedAt, litAt }) => ({
    orderId: fault,
    crew: names.get(crew) ?? '',
    reachedAt,
    litAt,
    households: customers.get(fault) ?? 0,
  }));
  const households = facts.faults.reduce((sum, fault) => sum + fault.customers, 0);
  return {
    now: board.now,
    orders: orders.toSorted((a, b) => a.litAt - b.litAt),
    households,
    halfAt: households === 0 ? null : litBy(orders, households, 0.5),
    allAt: households === 0 ? null : litBy(orders, households, 1),
    unplanned: proposal.unplanned.length,
  };
}
