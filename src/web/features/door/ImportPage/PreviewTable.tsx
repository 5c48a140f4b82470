import { Button, Input } from 'antd';
import { OUTSIDE_FIELDS, type OutsideOrder } from '#modules/door/domain/index.ts';
import { useT } from '../../../lib/i18n.ts';
import { messages } from '../messages.ts';
import styles from './ImportPage.module.css';

type CheckedRow = {
  readonly line: number;
  readonly order: OutsideOrder;
  readonly faults: readonly string[];
  /** What will have to be done once it is taken in. */
  readonly note: string | null;
};

/** Rows shown at once; faulty ones come first, so all that must be mended is in sight. */
const SHOWN = 100;

/** What was read, row by row; a faulty row can be mended in its place. */
export function PreviewTable(props: {
  rows: readonly CheckedRow[];
  onMend: (line: number, order: OutsideOrder) => void;
  onDrop: (line: number) => void;
}) {
  const t = useT(messages);
  const faulty = props.rows.filter((row) => row.faults.length > 0);
  const fine = props.rows.filter((row) => row.faults.length === 0);
  return (
    <div className={styles['scroll']} role="region" aria-label={t('import.title')}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('import.line')}</th>
            <th scope="col">{t('import.fault')}</th>
            {OUTSIDE_FIELDS.map((field) => (
              <th key={field} scope="col">
                {t(`field.${field}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...faulty, ...fine].slice(0, SHOWN).map((row) => (
            <tr key={row.line}>
              <td>{row.line}</td>
              <td>
                {row.faults.length === 0 ? (row.note ?? t('import.fine')) : row.faults.join(', ')}
                {row.faults.length > 0 && (
                  <Button
                    size="small"
                    aria-label={`${t('import.drop')} ${row.line}`}
                    onClick={() => props.onDrop(row.line)}
                  >
                    {t('import.drop')}
                  </Button>
                )}
              </td>
              {OUTSIDE_FIELDS.map((field) => (
                <td key={field}>
                  <Input
                    size="small"
                    aria-label={`${t(`field.${field}`)} ${row.line}`}
                    value={row.order[field] ?? ''}
                    onChange={(event) =>
                      props.onMend(row.line, { ...row.order, [field]: event.target.value })
                    }
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
