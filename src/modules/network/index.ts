export { runNetworkCli } from './cli-network.ts';
export { networkRoutes } from './network-routes.ts';
