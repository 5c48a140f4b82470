import { Link } from '@tanstack/react-router';
import type { DeviceView } from '#modules/network/network-api.ts';
import { formatNumber } from '../../../lib/format.ts';
import { useT } from '../../../lib/i18n.ts';
import { messages } from '../messages.ts';
import styles from './DevicePage.module.css';

type Low = DeviceView['lowVoltage'][number];

/** The low-voltage tree of a transformer as an indented list. */
export function LowVoltage({ devices, shown }: { devices: readonly Low[]; shown: string }) {
  const t = useT(messages);
  const children = Map.groupBy(devices, ({ parent }) => parent ?? '');
  return (
    <section>
      <h2>{t('device.lowVoltage')}</h2>
      <ul className={styles['tree']}>
        {(children.get('') ?? []).map((device) => (
          <Branch key={device.id} device={device} tree={children} shown={shown} />
        ))}
      </ul>
    </section>
  );
}

function Branch({ device, tree, shown }: { device: Low; tree: Map<string, Low[]>; shown: string }) {
  const t = useT(messages);
  const below = tree.get(device.id) ?? [];
  const words = [
    ...(device.open ? [t('state.open')] : []),
    ...(device.supplied ? [] : [t('state.dark')]),
    ...(device.meters > 0 ? [t('device.meters', { n: formatNumber(device.meters) })] : []),
  ];
  return (
    <li>
      {device.id === shown ? (
        <strong aria-current="true">{device.name}</strong>
      ) : (
        <Link to="/network/devices/$id" params={{ id: device.id }}>
          {device.name}
        </Link>
      )}{' '}
      <span className={styles['quiet']}>{words.join(' · ')}</span>
      {below.length > 0 && (
        <ul>
          {below.map((child) => (
            <Branch key={child.id} device={child} tree={tree} shown={shown} />
          ))}
        </ul>
      )}
    </li>
  );
}
