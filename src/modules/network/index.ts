export { runNetworkCli } from './cli-network.ts';
export { darkRecords } from './dark-records.ts';
export { type CompanyFeedTree, companyFeedTree, feedTreeMark } from './feed-tree-read.ts';
export { type DeviceHouseholds, householdsByDevice } from './households-by-device.ts';
export { type GridMaps, gridMaps } from './grid-map.ts';
export { networkHints } from './network-hints.ts';
export { networkRoutes } from './network-routes.ts';
export { type Switched, switchDevice } from './switch-device.ts';
export { type DarkPlace, type GoesDark, whatGoesDark } from './what-goes-dark.ts';
