import { type QueryKey, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Button, Input, type InputRef } from 'antd';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { LiveTopic } from '#kernel/live-topics.ts';
import { formatNumber } from '../lib/format.ts';
import { useT } from '../lib/i18n.ts';
import { useKeys } from '../lib/keys.ts';
import { useNarrow } from '../lib/use-narrow.ts';
import styles from './DataList.module.css';
import { ErrorPanel } from './ErrorPanel.tsx';
import { uiMessages } from './messages.ts';
import { RowsSkeleton } from './Skeletons.tsx';
import { useArrivals } from './use-arrivals.ts';

/**
 * One page from the server; `next` is its cursor for the following one. A list counts to a cap and then says so; only the
 * first page has to.
 */
export type ListPage<Row> = {
  readonly rows: readonly Row[];
  readonly next: string | null;
  readonly total: number | null;
  readonly capped?: boolean;
};

export type ListColumn<Row> = {
  readonly key: string;
  readonly title: string;
  /** A track of a CSS grid: `120px`, `minmax(0, 2fr)`. */
  readonly width: string;
  readonly align?: 'right';
  /** Left out on a phone. */
  readonly secondary?: boolean;
  readonly cell: (row: Row) => ReactNode;
};

export type DataListProps<Row> = {
  readonly label: string;
  readonly queryKey: QueryKey;
  readonly fetchPage: (cursor: string | null, signal: AbortSignal) => Promise<ListPage<Row>>;
  readonly columns: readonly ListColumn<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly onOpen: (row: Row) => void;
  /** Which row is open beside the list. */
  readonly openKey?: string;
  /** Live topics that change this list. */
  readonly topics?: readonly LiveTopic[];
  readonly filter?: {
    readonly value: string;
    readonly onChange: (value: string) => void;
    readonly hint: string;
  };
  readonly toolbar?: ReactNode;
  readonly empty: ReactNode;
  /** px; 32 at a desk, two lines 56. */
  readonly rowHeight?: number;
};

/**
 * A list of any length: pages come as one scrolls, only rows in sight are drawn. `j k` move, Enter opens, `/` filters.
 * What arrives meanwhile waits behind a bar, so that the row under the hand never jumps.
 */
export function DataList<Row>(props: DataListProps<Row>) {
  const t = useT(uiMessages);
  const queryClient = useQueryClient();
  const { rowHeight = 32 } = props;
  const narrow = useNarrow();
  const columns = props.columns.filter((column) => !narrow || column.secondary !== true);
  const scroller = useRef<HTMLDivElement>(null);
  const filter = useRef<InputRef>(null);
  const [at, setAt] = useState(0);
  const query = useInfiniteQuery({
    queryKey: props.queryKey,
    queryFn: async ({ pageParam, signal }) => await props.fetchPage(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const first = query.data?.pages[0];
  const arrivals = useArrivals(props.topics ?? [], scroller, async () => {
    await queryClient.invalidateQueries({ queryKey: props.queryKey });
  });

  // oxlint-disable-next-line react/incompatible-library -- its functions are read in this render only
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const lastShown = virtual.getVirtualItems().at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastShown >= rows.length - 20) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastShown, rows.length]);

  function move(to: number): void {
    const next = Math.min(Math.max(to, 0), rows.length - 1);
    setAt(next);
    virtual.scrollToIndex(next);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>('[data-at="true"]')?.focus());
  }

  function open(index: number): void {
    const row = rows[index];
    if (row !== undefined) props.onOpen(row);
  }

  useKeys(t('list.keys'), [
    { key: 'j', label: t('list.down'), run: () => move(at + 1) },
    { key: 'k', label: t('list.up'), run: () => move(at - 1) },
    { key: '/', label: t('list.filter'), run: () => filter.current?.focus(), disabled: !props.filter },
  ]);

  function onKeyDown(event: KeyboardEvent): void {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to !== undefined) move(to);
    else if (event.key === 'Enter') open(at);
    else return;
    event.preventDefault();
  }

  // Only the widths are the caller's; everything else is the style sheet's.
  const tracks = { gridTemplateColumns: columns.map((column) => column.width).join(' ') };
  return (
    <section className={styles['list']} aria-label={props.label}>
      <div className={styles['tools']}>
        {props.filter && (
          <Input
            ref={filter}
            allowClear
            className={styles['filter'] ?? ''}
            placeholder={props.filter.hint}
            aria-label={t('list.filter')}
            suffix={<kbd>/</kbd>}
            value={props.filter.value}
            onChange={(event) => {
              setAt(0);
              props.filter?.onChange(event.target.value);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' || event.key === 'Escape') move(at);
            }}
          />
        )}
        {props.toolbar}
        {typeof first?.total === 'number' && (
          <span className={styles['total']} role="status">
            {t(first.capped === true ? 'list.over' : 'list.total', { count: formatNumber(first.total) })}
          </span>
        )}
      </div>
      {arrivals.count > 0 && (
        <Button block type="dashed" className={styles['new'] ?? ''} onClick={() => void arrivals.show()}>
          {t('list.new', { count: arrivals.count })}
        </Button>
      )}
      {query.error && <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <RowsSkeleton />}
      {query.isSuccess && rows.length === 0 && props.empty}
      {rows.length > 0 && (
        <div
          ref={scroller}
          className={styles['scroll']}
          role="grid"
          aria-label={props.label}
          aria-rowcount={first?.capped === true ? -1 : (first?.total ?? rows.length) + 1}
          tabIndex={-1}
        >
          <div role="row" aria-rowindex={1} className={styles['head']} style={tracks} tabIndex={-1}>
            {columns.map((column) => (
              <span key={column.key} role="columnheader" tabIndex={-1} data-align={column.align}>
                {column.title}
              </span>
            ))}
          </div>
          <div role="rowgroup" className={styles['body']} style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const row = rows[item.index] as Row;
              const key = props.rowKey(row);
              return (
                <div
                  key={key}
                  role="row"
                  tabIndex={item.index === at ? 0 : -1}
                  aria-rowindex={item.index + 2}
                  aria-selected={key === props.openKey}
                  data-at={item.index === at}
                  className={styles['row']}
                  style={{ ...tracks, height: item.size, transform: `translateY(${item.start}px)` }}
                  onClick={() => {
                    setAt(item.index);
                    open(item.index);
                  }}
                  onKeyDown={onKeyDown}
                >
                  {columns.map((column) => (
                    <span key={column.key} role="gridcell" tabIndex={-1} data-align={column.align}>
                      {column.cell(row)}
                    </span>
                  ))}
                </div>
              );
            })}
          </div>
          {isFetchingNextPage && <p className={styles['more']}>{t('list.more')}</p>}
        </div>
      )}
    </section>
  );
}
