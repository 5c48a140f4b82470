import { Button } from 'antd';
import { type ChangeEvent, useRef, useState } from 'react';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { fieldMessages } from '../field-messages.ts';
import { useAddFile } from '../talk-queries.ts';
import styles from './CasePage.module.css';
import type { FieldSaid } from './field-said.ts';

/** How long a device may look for where it is. */
const PATIENCE = 10_000;

/** A photo or the position of the device: what makes the clocks count from when it happened. */
export function FieldEvidence(props: {
  caseId: string;
  said: FieldSaid;
  onChange: (said: FieldSaid) => void;
}) {
  const t = useT(fieldMessages);
  const { said, onChange } = props;
  const chooser = useRef<HTMLInputElement>(null);
  const add = useAddFile(props.caseId);
  const [lost, setLost] = useState(false);
  const files = said.files ?? [];

  function choose(event: ChangeEvent<HTMLInputElement>): void {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (file === undefined) return;
    add.mutate(file, { onSuccess: ({ id }) => onChange({ ...said, files: [...new Set([...files, id])] }) });
  }

  function locate(): void {
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude: lat, longitude: lon, accuracy } }) => {
        setLost(false);
        onChange({ ...said, position: { lat, lon, accuracy } });
      },
      () => setLost(true),
      { enableHighAccuracy: true, timeout: PATIENCE },
    );
  }

  return (
    <div className={styles['row']}>
      <input
        ref={chooser}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        capture="environment"
        hidden
        aria-label={t('field.photo')}
        onChange={choose}
      />
      <Button loading={add.isPending} onClick={() => chooser.current?.click()}>
        {t('field.photo')}
      </Button>
      <Button onClick={locate}>{t('field.locate')}</Button>
      <span role="status">
        {files.length > 0 && t('field.photos', { count: files.length })}{' '}
        {said.position !== undefined && t('field.located', { metres: Math.round(said.position.accuracy) })}{' '}
        {lost && t('field.lost')}
      </span>
      {add.error && <ErrorPanel error={add.error} />}
    </div>
  );
}
