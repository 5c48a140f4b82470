import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link } from '@tanstack/react-router';
import { Button, Input, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import type { DoorInfo } from '#modules/door/door-api.ts';
import {
  checkOutside,
  type OutsideOrder,
  ordersOfPaste,
  ordersOfTable,
  readCsv,
  type ReadOrder,
  type ReadOrders,
} from '#modules/door/domain/index.ts';
import type { DoorDefinition } from '#modules/process/domain/index.ts';
import { useNames, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { decode, type Encoding, guessEncoding } from '../decode.ts';
import { doorsQuery, useImport } from '../door-queries.ts';
import { faultText } from '../fault-text.ts';
import { messages } from '../messages.ts';
import styles from './ImportPage.module.css';
import { PreviewTable } from './PreviewTable.tsx';

export const route = createLazyRoute('/outside/import')({ component: ImportPage });

const MINUTE = 60_000;
const MOST = 2000;
const ENCODINGS = ['utf-8', 'gb18030'] as const;

/** A file or a pasted text becomes orders: read here as the server reads it, mended in the preview, taken in whole. */
function ImportPage() {
  const t = useT(messages);
  const doors = useQuery(doorsQuery);
  return (
    <>
      <PageHead title={t('import.title')} />
      {doors.error && <ErrorPanel error={doors.error} onRetry={() => void doors.refetch()} />}
      {!doors.data && !doors.error && <PageSkeleton />}
      {doors.data?.[0] && <ImportForm doors={doors.data} first={doors.data[0]} />}
    </>
  );
}

type File = { readonly bytes: Uint8Array; readonly name: string; readonly encoding: Encoding | undefined };

function ImportForm({ doors, first }: { doors: readonly DoorInfo[]; first: DoorInfo }) {
  const t = useT(messages);
  const name = useNames();
  const [door, setDoor] = useState(first);
  const [way, setWay] = useState<'csv' | 'paste'>('csv');
  const [file, setFile] = useState<File | null>(null);
  const [pasted, setPasted] = useState('');
  const read = useMemo(() => readAll(door, way, file, pasted), [door, way, file, pasted]);
  // Another text or door begins a new preview: what was mended belongs to the old one.
  const previewKey = `${door.id} ${way} ${file?.name} ${file?.encoding} ${pasted}`;
  return (
    <>
      <div className={styles['bar']}>
        <Segmented
          aria-label={t('import.door')}
          value={door.id}
          options={doors.map((one) => ({ value: one.id, label: name(one.name) }))}
          onChange={(id) => setDoor(doors.find((one) => one.id === id) ?? first)}
        />
        <Segmented
          aria-label={t('import.way')}
          value={way}
          options={[
            { value: 'csv' as const, label: t('import.file') },
            { value: 'paste' as const, label: t('import.paste') },
          ]}
          onChange={setWay}
        />
      </div>
      {way === 'csv' ? (
        <FileChoice file={file} onFile={setFile} />
      ) : (
        <Input.TextArea
          aria-label={t('import.text')}
          placeholder={t('import.textHint')}
          rows={6}
          value={pasted}
          onChange={(event) => setPasted(event.target.value)}
        />
      )}
      {read && <Preview key={previewKey} door={door} way={way} read={read} />}
    </>
  );
}

function FileChoice({ file, onFile }: { file: File | null; onFile: (file: File) => void }) {
  const t = useT(messages);
  return (
    <div>
      <label className={styles['file']}>
        <span>{t('import.choose')}</span>
        <input
          type="file"
          accept=".csv,.txt,text/csv,text/plain"
          onChange={async (event) => {
            const chosen = event.target.files?.[0];
            if (chosen === undefined) return;
            const bytes = new Uint8Array(await chosen.arrayBuffer());
            onFile({ bytes, name: chosen.name, encoding: guessEncoding(bytes) });
          }}
        />
      </label>
      {file !== null && file.encoding === undefined && <p role="alert">{t('import.unreadable')}</p>}
      {file?.encoding !== undefined && (
        <div className={styles['bar']}>
          <span>{t('import.encoding', { encoding: file.encoding.toUpperCase() })}</span>
          <Segmented
            aria-label={t('import.encodingPick')}
            value={file.encoding}
            options={ENCODINGS.map((value) => ({
              value,
              label: value.toUpperCase(),
              disabled: decode(file.bytes, value) === undefined,
            }))}
            onChange={(encoding) => onFile({ ...file, encoding })}
          />
        </div>
      )}
    </div>
  );
}

function readAll(
  door: DoorInfo,
  way: 'csv' | 'paste',
  file: File | null,
  pasted: string,
): ReadOrders | undefined {
  const labels = door.labels as DoorDefinition['labels'];
  if (way === 'paste') return pasted.trim() === '' ? undefined : ordersOfPaste(labels, pasted);
  if (file?.encoding === undefined) return undefined;
  return ordersOfTable(labels, readCsv(decode(file.bytes, file.encoding) ?? ''));
}

/** Whether their business type is one of ours; an order of another type is taken in and waits for a person. */
function isKnown(door: DoorInfo, order: OutsideOrder): boolean {
  return door.kinds === null || door.kinds.some((word) => (order.kind ?? '').includes(word));
}

function Preview({ door, way, read }: { door: DoorInfo; way: 'csv' | 'paste'; read: ReadOrders }) {
  const t = useT(messages);
  const now = useNow(MINUTE);
  const send = useImport();
  const [rows, setRows] = useState<readonly ReadOrder[]>(read.orders);
  const checked = rows.map((row) => {
    const result = checkOutside(door, row.order, now);
    const faults = 'faults' in result ? result.faults.map((one) => faultText(t, one)) : [];
    return { ...row, faults, note: isKnown(door, row.order) ? null : t('import.kindUnknown') };
  });
  const faulty = checked.filter((row) => row.faults.length > 0).length;
  if (send.data)
    return (
      <p className={styles['done']} role="status">
        {t('import.done', { ...send.data })} <Link to="/outside">{t('import.look')}</Link>
      </p>
    );
  if (read.orders.length === 0)
    return (
      <p role="status">
        {t('import.noneFound', {
          labels: Object.values(door.labels)
            .map((one) => one[0])
            .join(', '),
        })}
      </p>
    );
  const mend = (line: number, order: OutsideOrder) =>
    setRows(rows.map((row) => (row.line === line ? { ...row, order } : row)));
  return (
    <section aria-label={t('import.title')}>
      <p role="status">
        {t('import.found', { count: rows.length })}
        {read.unknown.length > 0 && ` · ${t('import.unknown', { labels: read.unknown.join(', ') })}`}
        {faulty > 0 && ` · ${t('import.faulty', { count: faulty })}`}
      </p>
      {rows.length > MOST && <p role="alert">{t('import.tooMany')}</p>}
      {send.error && <ErrorPanel error={send.error} kept />}
      <Button
        type="primary"
        disabled={faulty > 0 || rows.length === 0 || rows.length > MOST}
        loading={send.isPending}
        onClick={() =>
          send.mutate({ door: door.id, way, orders: rows.map(({ line, order }) => ({ line, order })) })
        }
      >
        {t('import.send', { count: rows.length })}
      </Button>
      <PreviewTable
        rows={checked}
        onMend={mend}
        onDrop={(line) => setRows(rows.filter((row) => row.line !== line))}
      />
    </section>
  );
}
