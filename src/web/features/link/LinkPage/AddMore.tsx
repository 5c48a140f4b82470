import { CameraOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { type ChangeEvent, useId, useRef, useState } from 'react';
import type { LinkView } from '#modules/link/link-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { useAddPhoto, useAddWords } from '../link-queries.ts';
import { messages } from '../messages.ts';
import styles from './LinkPage.module.css';

/** Words or a picture, for whoever knows the last four digits of the phone that the case was given with. */
export function AddMore({ token, view }: { token: string; view: LinkView }) {
  const t = useT(messages);
  const digitsId = useId();
  const wordsId = useId();
  const [digits, setDigits] = useState('');
  const [words, setWords] = useState('');
  const chooser = useRef<HTMLInputElement>(null);
  const addWords = useAddWords(token);
  const addPhoto = useAddPhoto(token);
  const known = /^\d{4}$/.test(digits);

  function choose(event: ChangeEvent<HTMLInputElement>): void {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (file !== undefined) addPhoto.mutate({ digits, file });
  }

  return (
    <section>
      <h3>{t('add')}</h3>
      <div className={styles['form']}>
        <label htmlFor={digitsId}>{t('add.digits')}</label>
        <Input
          id={digitsId}
          className={styles['digits'] ?? ''}
          value={digits}
          inputMode="numeric"
          autoComplete="off"
          maxLength={4}
          aria-describedby={`${digitsId}-hint`}
          onChange={(event) => setDigits(event.target.value.replaceAll(/\D/g, ''))}
        />
        <p id={`${digitsId}-hint`} className={styles['small']}>
          {t('add.digitsHint')}
        </p>
        <label htmlFor={wordsId}>{t('add.words')}</label>
        <Input.TextArea
          id={wordsId}
          value={words}
          maxLength={1000}
          rows={3}
          onChange={(event) => setWords(event.target.value)}
        />
        <Button
          type="primary"
          block
          disabled={!known || words.trim() === ''}
          loading={addWords.isPending}
          onClick={() => addWords.mutate({ digits, words }, { onSuccess: () => setWords('') })}
        >
          {t('add.send')}
        </Button>
        <input
          ref={chooser}
          type="file"
          accept="image/jpeg,image/png,image/webp,application/pdf"
          hidden
          aria-label={t('add.photo')}
          onChange={choose}
        />
        <Button
          block
          icon={<CameraOutlined />}
          disabled={!known}
          loading={addPhoto.isPending}
          onClick={() => chooser.current?.click()}
        >
          {t('add.photo')}
        </Button>
        <p className={styles['small']}>{t('add.photoHint')}</p>
      </div>
      <div aria-live="polite">
        {addWords.isSuccess && <p>{t('add.sent')}</p>}
        {addPhoto.data && <p>{t(addPhoto.data.already ? 'add.already' : 'add.photoSent')}</p>}
      </div>
      {addWords.error && <ErrorPanel error={addWords.error} />}
      {addPhoto.error && <ErrorPanel error={addPhoto.error} />}
      {view.words + view.files > 0 && (
        <p className={styles['small']}>{t('add.count', { words: view.words, files: view.files })}</p>
      )}
    </section>
  );
}
