/** What a device is. A section is a length of line; 台区 is the transformer with everything below it. */
export const DEVICE_KINDS = [
  'substation',
  'breaker',
  'recloser',
  'switch',
  'fuse',
  'section',
  'transformer',
  'lv_branch',
  'meter_box',
] as const;

export type DeviceKind = (typeof DEVICE_KINDS)[number];

/** What can be opened and closed; a transformer is taken off by its own fuse or breaker. */
export const SWITCHABLE: ReadonlySet<DeviceKind> = new Set<DeviceKind>([
  'breaker',
  'recloser',
  'switch',
  'fuse',
  'transformer',
  'lv_branch',
  'meter_box',
]);

/** Below the transformer. */
export const LOW_VOLTAGE: ReadonlySet<DeviceKind> = new Set<DeviceKind>(['lv_branch', 'meter_box']);

/**
 * One device in its normal place. It is the way from its parent's lower end to its own lower end, so that devices and ways are
 * one list. A tie (联络) is a switch with `tieTo`: beyond it lies the lower end of that other device.
 */
export type NetworkDevice = {
  readonly id: string;
  readonly kind: DeviceKind;
  /** Null for a substation only. */
  readonly parent: string | null;
  readonly tieTo: string | null;
  readonly normallyOpen: boolean;
  /** Line that fails together with this device, in kilometres. */
  readonly km: number;
};
