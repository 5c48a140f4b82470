export { runReliabilityCli } from './cli-reliability.ts';
