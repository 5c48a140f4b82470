import { Button } from 'antd';
import type { MorningReport, Span } from '#modules/repair/five-ones-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { serverNow } from '../../../lib/server-clock.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { messages } from '../messages.ts';
import { type SpanKey, spanOf } from '../repair-queries.ts';
import { useBroughtIntoSight } from './use-brought-into-sight.ts';

/** What a figure of times is made of, the longest first; each opens its case with the clock's own ledger. */
export function TimesLedger(props: { report: MorningReport; of: SpanKey; onClose: () => void }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const section = useBroughtIntoSight(props.of);
  const span = spanOf(props.report, props.of);
  if (span === undefined) return null;
  const what = t(props.of.startsWith('arrivals') ? 'ones.arrival' : 'ones.restoration', {
    area: t(`ones.area.${span.area}`),
  });
  const title = t(props.of.startsWith('month') ? 'ones.ledger.month' : 'ones.ledger.day', {
    what,
    n: span.ledger.length,
    limit: span.limit,
  });
  const minutesOf = ({ minutes }: Span['ledger'][number]) =>
    minutes === null ? t('ones.ledger.running') : t('ones.minutes', { n: Math.round(minutes) });
  return (
    <section ref={section} aria-label={title}>
      <h2>
        {title}{' '}
        <Button type="link" size="small" onClick={props.onClose}>
          {t('ones.ledger.close')}
        </Button>
      </h2>
      <PlainTable
        rows={span.ledger.map((line) => ({ ...line, id: line.caseId }))}
        columns={[
          { title: t('ones.col.no'), cell: caseLink },
          { title: t('ones.col.at'), cell: (row) => formatDateTime(row.reportedAt, serverNow(), language) },
          { title: t('ones.col.took'), cell: minutesOf },
          {
            title: t('ones.col.limit'),
            cell: (row) => t(row.kept ? 'ones.ledger.kept' : 'ones.ledger.late'),
          },
        ]}
      />
    </section>
  );
}

function caseLink({ caseId, no }: Span['ledger'][number]) {
  return <CaseLink caseId={caseId} number={no} />;
}
