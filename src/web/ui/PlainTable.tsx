import { Button } from 'antd';
import type { ReactNode } from 'react';
import styles from './PlainTable.module.css';

type Column<Row> = {
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Left out where the screen is narrow. */
  readonly minor?: boolean;
};

/** What can be done to a row. `named` is the button's name for those who do not see which row it stands in. */
type RowAction<Row> = {
  readonly label: string;
  readonly named: (row: Row) => string;
  readonly run: (row: Row) => void;
  readonly busy?: (row: Row) => boolean;
  /** Words in place of the button, where this row is not to be touched. */
  readonly instead?: (row: Row) => string | undefined;
};

/** A short table that is there as a whole; long ones are a `DataList`. */
export function PlainTable<Row extends { readonly id: string }>(props: {
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly action?: RowAction<Row>;
}) {
  const { rows, columns, action } = props;
  const classOf = (column: Column<Row>) => (column.minor === true ? styles['minor'] : undefined);
  const wide = columns.filter((column) => column.minor !== true).length > 2;
  return (
    <table className={wide ? `${styles['table']} ${styles['stacked']}` : styles['table']}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.title} scope="col" className={classOf(column)}>
              {column.title}
            </th>
          ))}
          {action && (
            <th scope="col">
              <span className="dfw-hidden">{action.label}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            {columns.map((column) => (
              <td key={column.title} data-title={column.title} className={classOf(column)}>
                {column.cell(row)}
              </td>
            ))}
            {action && (
              <td>
                <ActionCell row={row} action={action} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ActionCell<Row>({ row, action }: { row: Row; action: RowAction<Row> }) {
  const instead = action.instead?.(row);
  if (instead !== undefined) return instead;
  return (
    <Button
      size="small"
      aria-label={action.named(row)}
      loading={action.busy?.(row) === true}
      onClick={() => action.run(row)}
    >
      {action.label}
    </Button>
  );
}
