import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { readSheet, type SheetRow, shownAs } from '#modules/door/domain/index.ts';
import type { DoorInfo, ReplySheet, ReplySheetReport } from '#modules/door/door-api.ts';
import { useLanguage, useNames, useT } from '../../../lib/i18n.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton, RowsSkeleton } from '../../../ui/Skeletons.tsx';
import { decode, guessEncoding } from '../decode.ts';
import { doorsQuery, sheetQuery, useHandSheet, useSendSheet } from '../door-queries.ts';
import { gateText } from '../fault-text.ts';
import importStyles from '../ImportPage/ImportPage.module.css';
import { messages } from '../messages.ts';
import { saveCsv } from '../save-csv.ts';

export const route = createLazyRoute('/outside/replies')({ component: SheetPage });

/** Many replies at once: a sheet goes out filled from our record, comes back, is checked row by row, and becomes replies. */
function SheetPage() {
  const t = useT(messages);
  const doors = useQuery(doorsQuery);
  return (
    <>
      <PageHead title={t('sheet.title')} />
      <p>{t('sheet.lead')}</p>
      {doors.error && <ErrorPanel error={doors.error} onRetry={() => void doors.refetch()} />}
      {!doors.data && !doors.error && <PageSkeleton />}
      {doors.data?.[0] && <Doors doors={doors.data} first={doors.data[0]} />}
    </>
  );
}

function Doors({ doors, first }: { doors: readonly DoorInfo[]; first: DoorInfo }) {
  const t = useT(messages);
  const name = useNames();
  const [door, setDoor] = useState(first);
  const sheet = useQuery(sheetQuery(door.id));
  return (
    <>
      <div className={importStyles['bar']}>
        <Segmented
          aria-label={t('import.door')}
          value={door.id}
          options={doors.map((one) => ({ value: one.id, label: name(one.name) }))}
          onChange={(id) => setDoor(doors.find((one) => one.id === id) ?? first)}
        />
      </div>
      {sheet.error && <ErrorPanel error={sheet.error} onRetry={() => void sheet.refetch()} />}
      {!sheet.data && !sheet.error && <RowsSkeleton />}
      {sheet.data && <Sheet key={door.id} sheet={sheet.data} />}
    </>
  );
}

function Sheet({ sheet }: { sheet: ReplySheet }) {
  const t = useT(messages);
  const ready = sheet.rows.filter((row) => row.ready);
  const hand = useHandSheet();
  if (sheet.rows.length === 0 && !hand.data)
    return <EmptyState title={t('sheet.none')} body={t('sheet.noneBody')} />;
  const save = (rows: ReplySheet['rows'], name: string) =>
    saveCsv(`${sheet.door}-${name}.csv`, [
      [t('sheet.number'), ...sheet.columns.map((column) => column.name.zh)],
      ...rows.map((row) => [
        row.number,
        ...sheet.columns.map(({ id, form }) => shownAs(form, row.fields[id] ?? '')),
      ]),
    ]);
  return (
    <>
      {sheet.more && <p>{t('sheet.more')}</p>}
      <div className={importStyles['bar']}>
        <Button
          type="primary"
          disabled={sheet.rows.length === 0}
          onClick={() => save(sheet.rows, 'to-reply')}
        >
          {t('sheet.download', { count: sheet.rows.length })}
        </Button>
        {ready.length > 0 && (
          <Button
            loading={hand.isPending}
            onClick={() => {
              save(ready, 'replies');
              hand.mutate({ door: sheet.door, numbers: ready.map((row) => row.number) });
            }}
          >
            {t('sheet.hand', { count: ready.length })}
          </Button>
        )}
      </div>
      {hand.error && <ErrorPanel error={hand.error} kept />}
      <p role="status">{hand.data && t('sheet.handed', { count: hand.data.handed })}</p>
      <BringBack sheet={sheet} />
    </>
  );
}

/** First a dry run says what is wrong by row; only a sheet without faults can be written. */
function BringBack({ sheet }: { sheet: ReplySheet }) {
  const t = useT(messages);
  const [rows, setRows] = useState<SheetRow[] | null>(null);
  const check = useSendSheet();
  const write = useSendSheet();

  async function read(file: globalThis.File): Promise<void> {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const found = readSheet(sheet.columns, decode(bytes, guessEncoding(bytes) ?? 'utf-8') ?? '');
    setRows(found);
    write.reset();
    check.reset();
    if (found.length > 0) check.mutate({ door: sheet.door, dry: true, rows: found });
  }
  const faulty = check.data?.rows.filter((row) => row.faults.length > 0).length ?? 0;
  const error = check.error ?? write.error;
  return (
    <>
      <label className={importStyles['file']}>
        <span>{t('sheet.back')}</span>
        <input
          type="file"
          accept=".csv,.txt,text/csv,text/plain"
          onChange={(event) => {
            const chosen = event.target.files?.[0];
            event.target.value = '';
            if (chosen !== undefined) void read(chosen);
          }}
        />
      </label>
      {rows?.length === 0 && <p role="alert">{t('sheet.noRows')}</p>}
      {error && <ErrorPanel error={error} kept />}
      {check.data && !write.data && rows !== null && (
        <>
          <p role="status">{t('sheet.checked', { count: check.data.rows.length, faulty })}</p>
          <Button
            type="primary"
            disabled={faulty > 0}
            loading={write.isPending}
            onClick={() => write.mutate({ door: sheet.door, dry: false, rows })}
          >
            {t('sheet.write', { count: rows.length })}
          </Button>
          <Report columns={sheet.columns} report={check.data} />
        </>
      )}
      {write.data && <p role="status">{t('sheet.written', { count: write.data.written })}</p>}
    </>
  );
}

function Report({ columns, report }: { columns: ReplySheet['columns']; report: ReplySheetReport }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const name = useNames();
  const inOrder = report.rows.toSorted((a, b) => b.faults.length - a.faults.length || a.line - b.line);
  const say = (faults: readonly string[]) => {
    const empty = columns.filter((column) => faults.includes(column.id)).map((column) => name(column.name));
    const others = faults
      .filter((fault) => !columns.some((column) => column.id === fault))
      .map((fault) => gateText(language, fault));
    const fields = empty.length === 0 ? [] : [t('sheet.fault.field', { field: empty.join(t('sheet.and')) })];
    return [...others, ...fields].join(t('sheet.then'));
  };
  return (
    <div className={importStyles['scroll']} role="region" aria-label={t('sheet.title')}>
      <table className={importStyles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('sheet.line')}</th>
            <th scope="col">{t('sheet.number')}</th>
            <th scope="col">{t('sheet.faults')}</th>
          </tr>
        </thead>
        <tbody>
          {inOrder.map((row) => (
            <tr key={row.line}>
              <td>{row.line}</td>
              <td>{row.number}</td>
              <td>{row.faults.length === 0 ? t('import.fine') : say(row.faults)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
