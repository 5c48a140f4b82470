import { Button, Checkbox, Input, InputNumber, Radio, Select } from 'antd';
import { useState } from 'react';
import { SWITCHING_REASONS, type SwitchingReason } from '#modules/network/domain/index.ts';
import type { SwitchingPreview } from '#modules/network/network-api.ts';
import { formatNumber } from '../../../lib/format.ts';
import { useT } from '../../../lib/i18n.ts';
import { serverNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../messages.ts';
import { useSwitch } from '../network-queries.ts';
import styles from './DevicePage.module.css';

const MINUTE = 60_000;
/** Twelve hours: what may be entered afterwards. */
const MOST_MINUTES = 720;

/** Records what was done to the device, and says before whom it concerns. */
export function SwitchForm({ id, preview }: { id: string; preview: SwitchingPreview }) {
  const t = useT(messages);
  const record = useSwitch(id);
  const [planned, setPlanned] = useState(false);
  const [reason, setReason] = useState<SwitchingReason | null>(null);
  const [ago, setAgo] = useState(0);
  const [note, setNote] = useState('');
  const [acceptRing, setAcceptRing] = useState(false);
  const { opens, closesRing } = preview;
  const ready = reason !== null && (!closesRing || acceptRing);
  const send = () => {
    if (reason === null) return;
    record.mutate({
      open: opens,
      planned,
      reason,
      ...(ago > 0 ? { at: serverNow() - ago * MINUTE } : {}),
      ...(note.trim() === '' ? {} : { note: note.trim() }),
      ...(acceptRing ? { acceptRing } : {}),
    });
  };
  return (
    <section className={styles['form']}>
      <h2>{t('switch.title')}</h2>
      <p>{effectOf(preview, t)}</p>
      <Radio.Group
        aria-label={t('switch.whether')}
        value={planned}
        onChange={(event) => setPlanned(event.target.value === true)}
        options={[
          { value: false, label: t('switch.unplanned') },
          { value: true, label: t('switch.planned') },
        ]}
      />
      <label>
        <span>{t('switch.reason')}</span>
        <Select
          aria-label={t('switch.reason')}
          value={reason}
          onChange={setReason}
          options={SWITCHING_REASONS.map((one) => ({ value: one, label: t(`reason.${one}`) }))}
        />
      </label>
      <label>
        <span>{t('switch.ago')}</span>
        <InputNumber
          aria-label={t('switch.ago')}
          min={0}
          max={MOST_MINUTES}
          precision={0}
          value={ago}
          onChange={(value) => setAgo(value ?? 0)}
        />
      </label>
      <label>
        <span>{t('switch.note')}</span>
        <Input maxLength={300} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
      {closesRing && (
        <Checkbox checked={acceptRing} onChange={(event) => setAcceptRing(event.target.checked)}>
          {t('switch.ring')} {t('switch.acceptRing')}
        </Checkbox>
      )}
      {record.error && <ErrorPanel error={record.error} kept />}
      <div>
        <Button type="primary" disabled={!ready} loading={record.isPending} onClick={send}>
          {t(opens ? 'switch.open' : 'switch.close')}
        </Button>
      </div>
      <p className={styles['quiet']}>{t('switch.recorded')}</p>
    </section>
  );
}

function effectOf(preview: SwitchingPreview, t: ReturnType<typeof useT<keyof typeof messages.zh>>): string {
  const { opens, darkened, restored } = preview;
  const n = formatNumber(opens ? darkened : restored);
  if (opens) return darkened === 0 ? t('switch.wouldDarkenNobody') : t('switch.wouldDarken', { n });
  return restored === 0 ? t('switch.wouldRestoreNobody') : t('switch.wouldRestore', { n });
}
