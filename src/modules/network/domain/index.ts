export { checkDraft } from './check-draft.ts';
export {
  DEVICE_KINDS,
  type DeviceKind,
  LOW_VOLTAGE,
  type NetworkDevice,
  SWITCHABLE,
  type Supply,
} from './device.ts';
export type { DraftDevice, DraftFault, DraftSupply, NetworkDraft } from './draft.ts';
export { type LvDevice, type LvShape, lvTree } from './lv-tree.ts';
export { type Placement, placementsOf } from './placement.ts';
export { placeFuses } from './place-fuses.ts';
export { readCim } from './read-cim.ts';
export { readDss } from './read-dss.ts';
export { readNetworkCsv } from './read-network-csv.ts';
export { singleLine } from './single-line.ts';
export {
  decideSwitching,
  SWITCHING_REASONS,
  type SwitchingReason,
  type SwitchingEffect,
  switchingEffect,
} from './switching.ts';
export { type Topology, topologyOf } from './topology.ts';
