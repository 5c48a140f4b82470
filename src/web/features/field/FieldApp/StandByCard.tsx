import type { FieldStandBy } from '#modules/repair/field-api.ts';
import { formatTime } from '../../../lib/format.ts';
import { useT } from '../../../lib/i18n.ts';
import type { Device } from '../device.ts';
import { type Did, lineOf } from '../did.ts';
import { messages } from '../messages.ts';
import styles from './FieldApp.module.css';

/** No job, and asked to wait at another point: where, until when to be there, and one button for being there. */
export function StandByCard({
  device,
  standBy,
  did,
}: {
  device: Device;
  standBy: FieldStandBy;
  did: readonly Did[];
}) {
  const t = useT(messages);
  const { id, point, at, expectedAt } = standBy;
  const arrivedAt = standBy.arrivedAt ?? did.find(({ request }) => lineOf(request) === id)?.at ?? null;
  return (
    <section className={styles['card']}>
      <h2>{t(arrivedAt === null ? 'standBy.title' : 'standBy.waiting', { point })}</h2>
      <p>
        {arrivedAt === null
          ? t('standBy.go', { time: formatTime(expectedAt) })
          : t('standBy.there', { time: formatTime(arrivedAt) })}
      </p>
      <p className={styles['small']}>{t('standBy.hint')}</p>
      {arrivedAt === null && (
        <>
          <a
            className={styles['button']}
            href={`geo:${at.lat},${at.lon}?q=${at.lat},${at.lon}(${encodeURIComponent(point)})`}
          >
            {t('standBy.way')}
          </a>
          <button
            type="button"
            className={styles['big']}
            onClick={() => void device.did({ kind: 'stand-by', standById: id })}
          >
            {t('standBy.arrived')}
          </button>
        </>
      )}
    </section>
  );
}
