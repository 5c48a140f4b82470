import { CameraOutlined } from '@ant-design/icons';
import { Button, Input, type InputRef } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
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
  const digitsBox = useRef<InputRef>(null);
  const wordsBox = useRef<TextAreaRef>(null);
  const [missing, setMissing] = useState<'digits' | 'words' | null>(null);
  const addWords = useAddWords(token);
  const addPhoto = useAddPhoto(token);
  const known = /^\d{4}$/.test(digits);

  /** A grey button tells nobody why: it can be pressed, says what is missing, and goes there. */
  function ready(needsWords: boolean): boolean {
    const lack = !known ? 'digits' : needsWords && words.trim() === '' ? 'words' : null;
    setMissing(lack);
    if (lack === 'digits') digitsBox.current?.focus();
    if (lack === 'words') wordsBox.current?.focus();
    return lack === null;
  }

  function send(): void {
    if (ready(true)) addWords.mutate({ digits, words }, { onSuccess: () => setWords('') });
  }

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
          ref={digitsBox}
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
          ref={wordsBox}
          id={wordsId}
          value={words}
          maxLength={1000}
          rows={3}
          onChange={(event) => setWords(event.target.value)}
        />
        <Button type="primary" block loading={addWords.isPending} onClick={send}>
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
          loading={addPhoto.isPending}
          onClick={() => ready(false) && chooser.current?.click()}
        >
          {t('add.photo')}
        </Button>
        <p className={styles['small']}>{t('add.photoHint')}</p>
      </div>
      <div aria-live="polite">
        {missing !== null && <p className={styles['said']}>{t(`add.${missing}First`)}</p>}
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
