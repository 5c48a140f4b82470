import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ChangeEvent, useRef } from 'react';
import type { CaseFile } from '#modules/attachment/attachment-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { useMay } from '../../../lib/session.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { talkMessages } from '../talk-messages.ts';
import { filesQuery, useAddFile, useBlankFile } from '../talk-queries.ts';
import styles from './CasePage.module.css';

const MINUTE = 60_000;
const MEGABYTE = 1024 * 1024;

/** Pictures and PDFs of a case; each opens as a download, and that it was opened is recorded. */
export function Files({ caseId }: { caseId: string }) {
  const t = useT(talkMessages);
  const mayAdd = useMay('case.work');
  const chooser = useRef<HTMLInputElement>(null);
  const files = useQuery(filesQuery(caseId));
  const add = useAddFile(caseId);
  if (!files.data) return files.error ? <ErrorPanel error={files.error} /> : null;

  function choose(event: ChangeEvent<HTMLInputElement>): void {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (file !== undefined) add.mutate(file);
  }

  return (
    <section>
      <h2>{t('files.title')}</h2>
      {files.data.files.length === 0 && <p className={styles['small']}>{t('files.none')}</p>}
      <ul className={styles['plain']}>
        {files.data.files.map((file) => (
          <FileLine key={file.id} caseId={caseId} file={file} />
        ))}
      </ul>
      {mayAdd && files.data.room > 0 && (
        <>
          <input
            ref={chooser}
            type="file"
            accept="image/jpeg,image/png,image/webp,application/pdf"
            hidden
            aria-label={t('files.add')}
            onChange={choose}
          />
          <Button loading={add.isPending} onClick={() => chooser.current?.click()}>
            {t('files.add')}
          </Button>{' '}
          <span className={styles['small']}>{t('files.hint')}</span>
        </>
      )}
      {add.data?.already === true && <p role="status">{t('files.already')}</p>}
      {add.error && <ErrorPanel error={add.error} />}
    </section>
  );
}

function FileLine({ caseId, file }: { caseId: string; file: CaseFile }) {
  const t = useT(talkMessages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const blank = useBlankFile(caseId);
  const size =
    file.bytes < MEGABYTE
      ? t('files.sizeSmall', { kb: Math.max(1, Math.round(file.bytes / 1024)) })
      : t('files.size', { mb: (file.bytes / MEGABYTE).toFixed(1) });
  const by = file.by ?? t('files.customer');
  return (
    <li>
      {file.mayOpen ? (
        <a href={`/api/cases/${caseId}/files/${file.id}`} download>
          {file.name ?? t(`files.kind.${file.kind}`)}
        </a>
      ) : (
        t(file.blanked ? 'files.blanked' : 'files.hidden')
      )}{' '}
      {file.mayBlank && (
        <Button size="small" loading={blank.isPending} onClick={() => blank.mutate({ id: file.id })}>
          {t('files.blank')}
        </Button>
      )}
      <div className={styles['small']}>
        {t('files.by', { by, time: formatDateTime(file.at, now, language), size })}
      </div>
      {blank.error && <ErrorPanel error={blank.error} />}
    </li>
  );
}
