import { useVirtualizer } from '@tanstack/react-virtual';
import { Button, Input, type InputRef, Segmented } from 'antd';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { CommandRow } from '#modules/repair/command-api.ts';
import { formatNumber } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useKeys } from '../../../lib/keys.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { messages } from '../messages.ts';
import { SHOWN, type Shown } from '../search.ts';
import { deadlineOf, tellingDeadline } from './deadline-of.ts';
import styles from './OrderList.module.css';
import { concernedBy, nameOf, supplyOf } from './row-words.ts';
import { useSteadyRows } from './use-steady-rows.ts';
import { useWall } from './use-wall.ts';

/** Two lines a row; on a wall they are read from across the room. */
const ROW = { desk: 60, wall: 104 };

/** Open repairs, worst first. Only rows in sight are drawn; while a hand is on the list none of them moves. */
export function OrderList(props: {
  rows: readonly CommandRow[];
  counts: Readonly<Record<Shown, number>>;
  shown: Shown;
  words: string;
  open: string | undefined;
  onShow: (shown: Shown) => void;
  onWords: (words: string) => void;
  onOpen: (id: string) => void;
}) {
  const t = useT(messages);
  const scroller = useRef<HTMLDivElement>(null);
  const filter = useRef<InputRef>(null);
  const [at, setAt] = useState(0);
  const wall = useWall();
  const steady = useSteadyRows(props.rows);
  const { rows } = steady;
  // oxlint-disable-next-line react/incompatible-library -- its functions are read in this render only
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (wall ? ROW.wall : ROW.desk),
    overscan: 8,
  });

  function move(to: number): void {
    const next = Math.min(Math.max(to, 0), rows.length - 1);
    setAt(next);
    virtual.scrollToIndex(next);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>('[data-at="true"]')?.focus());
  }

  function open(index: number): void {
    const line = rows[index];
    if (line !== undefined && !line.gone) props.onOpen(line.row.id);
  }

  useKeys(t('keys.list'), [
    { key: 'j', label: t('keys.down'), run: () => move(at + 1) },
    { key: 'k', label: t('keys.up'), run: () => move(at - 1) },
    { key: 'n', label: t('keys.renew'), run: steady.renew },
    { key: '/', label: t('keys.filter'), run: () => filter.current?.focus() },
  ]);

  function onKeyDown(event: KeyboardEvent): void {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to !== undefined) move(to);
    else if (event.key === 'Enter') open(at);
    else return;
    event.preventDefault();
  }

  return (
    <section className={styles['list']} aria-label={t('list.title')}>
      <div className={styles['tools']}>
        <Segmented<Shown>
          aria-label={t('list.show')}
          value={props.shown}
          onChange={props.onShow}
          options={SHOWN.map((one) => ({
            value: one,
            label: `${t(`show.${one}`)} ${formatNumber(props.counts[one])}`,
          }))}
        />
        <Input
          ref={filter}
          allowClear
          className={styles['filter'] ?? ''}
          placeholder={t('list.hint')}
          aria-label={t('keys.filter')}
          suffix={<kbd>/</kbd>}
          value={props.words}
          onChange={(event) => props.onWords(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' || event.key === 'Escape') move(0);
          }}
        />
      </div>
      {rows.length === 0 && <EmptyState title={t('list.empty')} body={t('list.emptyBody')} />}
      {rows.length > 0 && (
        <div
          ref={scroller}
          className={styles['scroll']}
          role="listbox"
          aria-label={t('list.title')}
          tabIndex={-1}
          {...steady.hands}
        >
          <div className={styles['body']} style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const line = rows[item.index];
              if (line === undefined) return null;
              return (
                <div
                  key={line.row.id}
                  role="option"
                  tabIndex={item.index === at ? 0 : -1}
                  aria-selected={line.row.id === props.open}
                  aria-setsize={rows.length}
                  aria-posinset={item.index + 1}
                  data-at={item.index === at}
                  data-gone={line.gone}
                  className={styles['row']}
                  style={{ height: item.size, transform: `translateY(${item.start}px)` }}
                  onClick={() => {
                    setAt(item.index);
                    open(item.index);
                  }}
                  onKeyDown={onKeyDown}
                >
                  <Row row={line.row} gone={line.gone} />
                </div>
              );
            })}
          </div>
        </div>
      )}
      {(steady.arrived > 0 || steady.moved) && (
        <Button block type="dashed" className={styles['new'] ?? ''} onClick={steady.renew}>
          {steady.arrived > 0 ? t('list.new', { count: steady.arrived }) : t('list.moved')} <kbd>N</kbd>
        </Button>
      )}
    </section>
  );
}

/** First line: where, and what is left of the promise. Second: how it stands, who is on it, whom it concerns, who hears next. */
function Row({ row, gone }: { row: CommandRow; gone: boolean }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const name = nameOf(row, t, language);
  const concerned = concernedBy(row, t, formatNumber);
  return (
    <>
      <span className={styles['where']}>
        <strong>
          {row.hazard !== null && `${t(`row.hazard.${row.hazard}`)} `}
          {name}
        </strong>
        {supplyOf(row) !== name && <span className={styles['minor']}>{supplyOf(row)}</span>}
      </span>
      <TimeLeft deadline={deadlineOf(row)} />
      <span className={styles['minor']}>
        {gone ? t('row.gone') : t(`stage.${row.stage}`)}
        {row.urgency === 'urgent' && ` · ${t('row.urgent')}`}
        {row.crew !== null && ` · ${row.crew.holder ?? row.crew.unit}`}
        {concerned !== '' && ` · ${concerned}`}
        {row.incident?.held === true && ` · ${t('row.held')}`}
      </span>
      <span className={styles['telling']}>
        {row.telling !== null && (
          <>
            <span className={styles['minor']}>{t('row.tell')}</span>{' '}
            <TimeLeft deadline={tellingDeadline(row)} />
            {row.telling.held !== null && ` ${t('row.tellHeld')}`}
          </>
        )}
      </span>
    </>
  );
}
