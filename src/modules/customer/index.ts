export { nameReadings, placeInitials, type Readings } from './pinyin.ts';
export { type SearchFacts, type SearchRow, searchRowMaker } from './search-row.ts';
