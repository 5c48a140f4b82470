export { runNetworkCli } from './cli-network.ts';
