export { nameReadings, placeInitials, type Readings } from './pinyin.ts';
export { type SearchFacts, type SearchRow, searchRow } from './search-row.ts';
