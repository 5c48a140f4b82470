export { customerPersonal } from './customer-personal.ts';
export {
  findCaller,
  type HouseholdBrief,
  householdBriefs,
  householdStrip,
} from './customer-reads.ts';
export { setReach, stopOutageNews } from './customer-commands.ts';
export { customerRoutes } from './customer-routes.ts';
export { followGrid, type HouseholdSupply } from './household-supply.ts';
export { searchHouseholds } from './household-search.ts';
export { nameReadings } from './pinyin.ts';
export { type SearchFacts, type SearchRow, searchRowMaker } from './search-row.ts';
