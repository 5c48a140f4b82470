import type { FaultCard } from '#modules/process/domain/index.ts';

/** The cards of the handbook in force, in the order of their ids. */
export type FaultCardList = readonly FaultCard[];
