import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { MINUTE } from '#kernel/instant.ts';
import type { LaidEarths, LiftEarthsBody, LiftedForCrew } from '#modules/repair/permission-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { permissionMessages } from '../permission-messages.ts';
import { useLiftEarths } from '../permission-queries.ts';
import styles from './PermissionsPage.module.css';

const WHYS = ['off-duty', 'device', 'no-signal', 'reported-by-phone'] as const;
const WAYS = ['phone', 'face'] as const;

/** Earths that lie: where, whose, and their removal entered for a crew that cannot enter it. */
export function Laid({ work }: { work: LaidEarths }) {
  const t = useT(permissionMessages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const [open, setOpen] = useState(false);
  const where = [...work.devices, ...work.where].join(' · ');
  return (
    <div className={styles['line']}>
      <Which work={work} /> {work.station}
      <br />
      {where === '' ? t('laidNowhere') : t('laidAt', { where })}
      <br />
      <span className={styles['small']}>
        {t('laidBy', {
          n: work.earths,
          name: work.laidBy,
          time: formatDateTime(work.laidAt, now, language),
        })}
      </span>
      <div>
        <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('lift')}
        </Button>
      </div>
      {open && <Lift work={work} />}
    </div>
  );
}

/** Whoever switches hears of all earths; the case opens to whoever may see it. */
function Which({ work: { caseId, no } }: { work: LaidEarths | LiftedForCrew }) {
  return caseId === null ? no : <CaseLink caseId={caseId} number={no} />;
}

function Lift({ work }: { work: LaidEarths }) {
  const t = useT(permissionMessages);
  const lift = useLiftEarths();
  const [toldBy, setToldBy] = useState<string | undefined>();
  const [way, setWay] = useState<LiftEarthsBody['way']>('phone');
  const [why, setWhy] = useState<LiftEarthsBody['why']>('off-duty');
  const [at, setAt] = useState('');
  const [earths, setEarths] = useState<number | null>(null);
  const [repeated, setRepeated] = useState(false);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (toldBy === undefined || earths === null) return;
        const { orderId } = work;
        lift.mutate({ orderId, earths, toldBy, way, why, at: Date.parse(`${at}+08:00`), repeated });
      }}
    >
      <p className={styles['small']}>{t('liftHint')}</p>
      <div className={styles['row']}>
        <label>
          <span>{t('liftTold')}</span>
          <Select
            className={styles['who'] ?? ''}
            aria-label={t('liftTold')}
            value={toldBy}
            onChange={setToldBy}
            options={work.crew.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </label>
        <label>
          <span>{t('liftWay')}</span>
          <Select
            aria-label={t('liftWay')}
            value={way}
            onChange={setWay}
            options={WAYS.map((value) => ({ value, label: t(`liftWay.${value}`) }))}
          />
        </label>
        <label>
          <span>{t('liftWhy')}</span>
          <Select
            className={styles['who'] ?? ''}
            aria-label={t('liftWhy')}
            value={why}
            onChange={setWhy}
            options={WHYS.map((value) => ({ value, label: t(`liftWhy.${value}`) }))}
          />
        </label>
        <label>
          <span>{t('liftAt')}</span>
          <Input type="datetime-local" value={at} onChange={(event) => setAt(event.target.value)} />
        </label>
        <label>
          <span>{t('liftCount')}</span>
          <InputNumber min={1} max={1000} value={earths} onChange={setEarths} />
        </label>
      </div>
      <div className={styles['checks']}>
        <Checkbox checked={repeated} onChange={(event) => setRepeated(event.target.checked)}>
          {t('liftRepeated', { n: earths ?? '…' })}
        </Checkbox>
      </div>
      <Button
        htmlType="submit"
        disabled={toldBy === undefined || at === '' || earths === null || !repeated}
        loading={lift.isPending}
      >
        {t('liftNow')}
      </Button>
      {lift.error && <ErrorPanel error={lift.error} kept />}
    </form>
  );
}

/** Entered for the crew within the last day: marked, by whose word and by whom. */
export function LiftedFor({ work }: { work: LiftedForCrew }) {
  const t = useT(permissionMessages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const time = (at: number) => formatDateTime(at, now, language);
  return (
    <div className={styles['line']}>
      <Which work={work} />{' '}
      {t('liftedFor', {
        n: work.earths,
        told: work.toldBy,
        way: t(`liftWay.${work.way}`),
        removed: time(work.removedAt),
        why: t(`liftWhy.${work.why}`),
        name: work.enteredBy,
        time: time(work.enteredAt),
      })}
    </div>
  );
}
