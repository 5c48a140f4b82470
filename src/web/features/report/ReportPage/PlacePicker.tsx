import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { PagePlace } from '#modules/door/page-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { messages } from '../messages.ts';
import { placesQuery } from '../report-queries.ts';
import styles from './ReportPage.module.css';

/** Village or compound by two characters; large rows to touch. */
export function PlacePicker(props: { place: PagePlace | null; onPlace: (place: PagePlace | null) => void }) {
  const t = useT(messages);
  const [typed, setTyped] = useState('');
  const found = useQuery(placesQuery(typed)).data;
  if (props.place !== null)
    return (
      <div className={styles['chosen']}>
        <strong>{t('where.chosen', { town: props.place.town, name: props.place.name })}</strong>
        <Button onClick={() => props.onPlace(null)}>{t('where.change')}</Button>
      </div>
    );
  return (
    <div>
      <label>
        <span>{t('where.title')}</span>
        <Input
          size="large"
          placeholder={t('where.hint')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <div className={styles['places']}>
        {(found ?? []).map((place) => (
          <Button key={place.code} size="large" block onClick={() => props.onPlace(place)}>
            {place.town} {place.name}
          </Button>
        ))}
      </div>
      <p role="status" className={styles['small']}>
        {found?.length === 0 ? t('where.none') : ''}
      </p>
    </div>
  );
}
