export {
  type CustomerActor,
  type CustomerAudit,
  endFlag,
  type NewFlagRequest,
  reveal,
  setFlag,
} from './customer-commands.ts';
export {
  type Caller,
  findCaller,
  type HouseholdBrief,
  type HouseholdStrip,
  householdBriefs,
  householdStrip,
} from './customer-reads.ts';
export { customerRoutes } from './customer-routes.ts';
export { type HouseholdHit, type SearchResult, searchHouseholds } from './household-search.ts';
export { nameReadings } from './pinyin.ts';
export { type SearchFacts, type SearchRow, searchRowMaker } from './search-row.ts';
