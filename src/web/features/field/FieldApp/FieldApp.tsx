import { useMemo, useState } from 'react';
import { PhoneFrame } from '../../../frames/PhoneFrame.tsx';
import { type Language, LanguageContext, useT } from '../../../lib/i18n.ts';
import { formatTime } from '../../../lib/format.ts';
import type { Device } from '../device.ts';
import { didsOf } from '../did.ts';
import { viewJob } from '../job-view.ts';
import { messages } from '../messages.ts';
import styles from './FieldApp.module.css';
import { JobScreen, NextScreen } from './JobScreen.tsx';
import { MoreScreen } from './MoreScreen.tsx';
import { Note } from './Note.tsx';
import { OutboxScreen } from './OutboxScreen.tsx';
import { SignInScreen } from './SignInScreen.tsx';
import { StandByCard } from './StandByCard.tsx';
import { useDevice } from './use-device.ts';

const LANGUAGE_KEY = 'dafuwu:language';
const PLACES = ['now', 'next', 'outbox', 'more'] as const;
type PlaceName = (typeof PLACES)[number];
const ICONS: Readonly<Record<PlaceName, string>> = { now: '⚡', next: '▤', outbox: '⇪', more: '☰' };

/** The crew's phone: one thing at a time; whether there is a signal and what waits is always in sight. */
export function FieldApp({ device }: { device: Device }) {
  const [language, setStored] = useState<Language>(localStorage.getItem(LANGUAGE_KEY) === 'en' ? 'en' : 'zh');
  const setting = useMemo(
    () => ({
      language,
      setLanguage: (next: Language) => {
        localStorage.setItem(LANGUAGE_KEY, next);
        setStored(next);
      },
    }),
    [language],
  );
  return (
    <LanguageContext value={setting}>
      <Places device={device} />
    </LanguageContext>
  );
}

function Places({ device }: { device: Device }) {
  const t = useT(messages);
  const { jobs, entries, online, session, full, others } = useDevice(device);
  const [place, setPlace] = useState<PlaceName>('now');
  const waiting = entries.filter((entry) => entry.state === 'waiting').length;
  const held = entries.filter((entry) => entry.state === 'refused').length;
  const did = didsOf(entries);
  const views = (jobs?.jobs ?? []).flatMap((job) => {
    const definition = jobs?.processes[job.process];
    return definition === undefined ? [] : [viewJob(job, definition, did)];
  });
  const open = views
    .filter((view) => !view.over)
    .toSorted((a, b) => Number(a.callsOnly) - Number(b.callsOnly));
  const signs = session === 'none' || session === 'again' || session === 'not-crew';
  const status =
    held > 0
      ? t('sync.held', { count: held })
      : waiting > 0
        ? t('sync.waiting', { count: waiting })
        : t('sync.sent');
  const [current] = open;
  // A phone that kept its jobs from before it was told of waiting elsewhere has none.
  const standBy = jobs?.standBy ?? null;
  const crew = jobs?.crew ?? null;
  return (
    <PhoneFrame
      title={t('title')}
      offline={!online}
      status={<span role="status">{status}</span>}
      tabs={PLACES.map((name) => ({
        path: `#${name}`,
        icon: ICONS[name],
        label: t(`tab.${name}`),
        active: name === place,
        onOpen: () => setPlace(name),
      }))}
    >
      {full && (
        <Note>
          <strong>{t('full.title')}</strong> {t('full.body')}
        </Note>
      )}
      {others > 0 && <Note>{t('outbox.others', { count: others })}</Note>}
      {signs && <SignInScreen device={device} again={jobs !== null} notCrew={session === 'not-crew'} />}
      {place === 'now' && current !== undefined && (
        <JobScreen
          key={current.job.orderId}
          device={device}
          view={current}
          cards={jobs?.cards ?? []}
          nearMetres={jobs?.nearMetres ?? null}
          backReasons={jobs?.backReasons ?? []}
        />
      )}
      {place === 'now' && current === undefined && standBy !== null && (
        <StandByCard device={device} standBy={standBy} did={did} />
      )}
      {place === 'now' && current === undefined && standBy === null && !signs && (
        <Note>
          <strong>{jobs === null ? t('now.neverLoaded') : t('now.none')}</strong>
          {jobs !== null && <span>{t('now.noneBody')}</span>}
        </Note>
      )}
      {place === 'next' && <NextScreen views={open.slice(1)} crew={crew} cards={jobs?.cards ?? []} />}
      {place === 'outbox' && <OutboxScreen device={device} />}
      {place === 'more' && <MoreScreen device={device} />}
      {jobs !== null && (
        <p className={styles['asOf']}>{t('sync.asOf', { time: formatTime(jobs.clock.now) })}</p>
      )}
    </PhoneFrame>
  );
}
