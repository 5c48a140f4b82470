import { CloseOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { MINUTE } from '#kernel/instant.ts';
import type { CommandRow } from '#modules/repair/command-api.ts';
import type { TellingView } from '#modules/repair/telling-api.ts';
import { formatNumber, formatSoon, formatTime } from '../../../lib/format.ts';
import { type Translate, useLanguage, useT } from '../../../lib/i18n.ts';
import { useKeys } from '../../../lib/keys.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { useMay } from '../../../lib/session.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { RowsSkeleton } from '../../../ui/Skeletons.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { forecastQuery, tellingsQuery } from '../command-queries.ts';
import { type CommandMessage, messages } from '../messages.ts';
import { deadlineOf } from './deadline-of.ts';
import { DispatchPart } from './DispatchPart.tsx';
import { Estimates } from './Estimates.tsx';
import { IncidentPart } from './IncidentPart.tsx';
import styles from './OrderPanel.module.css';
import { concernedBy, nameOf, supplyOf } from './row-words.ts';
import { ReadyTexts } from './ReadyTexts.tsx';
import { OrderSms } from './OrderSms.tsx';
import { Tellings } from './Tellings.tsx';

/** One repair beside map and list: why this device, who goes, how it stands, what its customers know and are told next. */
export function OrderPanel(props: { row: CommandRow; storm: boolean; onClose: () => void }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const { row, onClose } = props;
  const mayDispatch = useMay('crew.dispatch');
  const maySeeWhy = useMay('outage.read');
  useKeys(t('keys.panel'), [{ key: 'Escape', label: t('keys.close'), run: onClose }]);
  const name = nameOf(row, t, language);
  return (
    <aside className={styles['panel']} aria-label={t('panel.title', { no: row.no ?? name })}>
      <header className={styles['head']}>
        <h2>
          {row.hazard !== null && `${t(`row.hazard.${row.hazard}`)} `}
          {name}
        </h2>
        <Button type="text" icon={<CloseOutlined />} aria-label={t('panel.close')} onClick={onClose} />
      </header>
      {row.leading !== null && (
        <p className={styles['promise']}>
          {row.leading.limit[language]} <TimeLeft deadline={deadlineOf(row)} />
        </p>
      )}
      <Facts row={row} storm={props.storm} />
      {row.incident !== null && maySeeWhy && <IncidentPart id={row.incident.id} />}
      {row.orderId !== null && mayDispatch && <DispatchPart orderId={row.orderId} />}
      {row.orderId !== null && mayDispatch && <OrderSms orderId={row.orderId} />}
      {row.orderId !== null && <Told orderId={row.orderId} row={row} />}
    </aside>
  );
}

function Facts({ row, storm }: { row: CommandRow; storm: boolean }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const steps = row.steps.map((step) => step[language]);
  return (
    <dl className={styles['facts']}>
      {row.caseId !== null && row.no !== null && (
        <Fact name={t('panel.case')}>
          <CaseLink caseId={row.caseId} number={row.no} />
          {row.cases > 1 && ` ${t('panel.reports', { count: formatNumber(row.cases) })}`}
        </Fact>
      )}
      <Fact name={t('panel.stage')}>{[t(`stage.${row.stage}`), ...steps].join(' · ')}</Fact>
      <Fact name={t('panel.since')}>{formatSoon(row.since, now, language)}</Fact>
      <Fact name={t('panel.crew')}>{crewWords(row, t)}</Fact>
      <Fact name={t('panel.supply')}>
        {[row.feeder, supplyOf(row)].filter((one) => one !== null).join(' · ') || t('panel.unknown')}
      </Fact>
      <Fact name={t('panel.concerned')}>{concernedBy(row, t, formatNumber) || t('panel.unknown')}</Fact>
      {row.permissionSince !== null && (
        <Fact name={t('panel.permission')}>
          {t('panel.permissionSince', { time: formatSoon(row.permissionSince, now, language) })}
        </Fact>
      )}
      {storm && row.orderId !== null && <PlayedAhead orderId={row.orderId} />}
    </dl>
  );
}

function crewWords({ crew }: CommandRow, t: Translate<CommandMessage>): string {
  if (crew === null) return t('panel.noCrew');
  const expected =
    crew.expectedAt === null ? null : t('panel.expected', { time: formatTime(crew.expectedAt) });
  return [crew.unit, crew.holder, expected].filter((one) => one !== null).join(' · ');
}

/** In a storm: when the plan would reach this one. */
function PlayedAhead({ orderId }: { orderId: string }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const { data } = useQuery(forecastQuery);
  const found = data?.orders.find((one) => one.orderId === orderId);
  if (found === undefined) return null;
  return (
    <Fact name={t('panel.forecast')}>
      {t('panel.forecastSaid', {
        crew: found.crew,
        reached: formatSoon(found.reachedAt, now, language),
        lit: formatSoon(found.litAt, now, language),
      })}
    </Fact>
  );
}

function Told({ orderId, row }: { orderId: string; row: CommandRow }) {
  const view = useQuery(tellingsQuery(orderId));
  if (view.error) return <ErrorPanel error={view.error} onRetry={() => void view.refetch()} />;
  if (!view.data) return <RowsSkeleton />;
  return (
    <>
      <Tellings view={view.data} />
      <Estimates view={view.data} />
      <Groups view={view.data} />
      <ReadyTexts view={view.data} households={row.households} />
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** Customers who get their supply back apart from others. */
function Groups({ view }: { view: TellingView }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  if (view.supplyGroups.length === 0) return null;
  return (
    <section>
      <h3>{t('groups.title')}</h3>
      <ul className={styles['lines']}>
        {view.supplyGroups.map((group) => (
          <li key={group.id}>
            <span>
              {group.label} · {t('row.households', { count: formatNumber(group.households) })}
            </span>
            <span>
              {group.resuppliedAt === null
                ? t('groups.dark')
                : t('groups.back', { time: formatSoon(group.resuppliedAt, now, language) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
