export { checkDraft } from './check-draft.ts';
export { type DeviceKind, LOW_VOLTAGE, type NetworkDevice, SWITCHABLE } from './device.ts';
export type { DraftDevice, DraftFault, NetworkDraft } from './draft.ts';
export { type FeedTree, feedTree } from './feed-tree.ts';
export { lvTree } from './lv-tree.ts';
export { placeFuses } from './place-fuses.ts';
export { placementsOf } from './placement.ts';
export { readCim } from './read-cim.ts';
export { readDss } from './read-dss.ts';
export { readNetworkCsv } from './read-network-csv.ts';
export { type Position, schematic, type Schematic } from './schematic.ts';
export { singleLine } from './single-line.ts';
export {
  decideSwitching,
  SWITCHING_REASONS,
  type SwitchingEffect,
  type SwitchingReason,
  switchingEffect,
} from './switching.ts';
export { topologyOf } from './topology.ts';
