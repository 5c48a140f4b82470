import { useSyncExternalStore } from 'react';
import type { Device, DeviceState } from '../device.ts';

export function useDevice(device: Device): DeviceState {
  return useSyncExternalStore(device.subscribe, device.state);
}
