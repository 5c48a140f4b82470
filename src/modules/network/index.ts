export { runNetworkCli } from './cli-network.ts';
export { networkHints } from './network-hints.ts';
export { networkRoutes } from './network-routes.ts';
