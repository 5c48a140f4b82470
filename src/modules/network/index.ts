export { runNetworkCli } from './cli-network.ts';
export { darkRecords } from './dark-records.ts';
export { companyFeedTree, feedTreeMark } from './feed-tree-read.ts';
export { householdsByDevice } from './households-by-device.ts';
export { type GridMaps, gridMaps } from './grid-map.ts';
export { networkHints } from './network-hints.ts';
export { networkRoutes } from './network-routes.ts';
export { switchDevice } from './switch-device.ts';
export { whatGoesDark } from './what-goes-dark.ts';
