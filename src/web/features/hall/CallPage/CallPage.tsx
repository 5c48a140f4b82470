import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, useNavigate, useParams } from '@tanstack/react-router';
import { Button, Input, Segmented } from 'antd';
import { useRef, useState } from 'react';
import type { CallNotes, CallView } from '#modules/hall/call-api.ts';
import { formatBy, formatStopwatch } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useKeys } from '../../../lib/keys.ts';
import { useLive } from '../../../lib/live.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { useSession } from '../../../lib/session.ts';
import { ActionBar, type PageAction } from '../../../ui/ActionBar.tsx';
import { CallOutcome } from '../../../ui/CallOutcome.tsx';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { HouseholdStripPanel } from '../HouseholdStrip/HouseholdStripPanel.tsx';
import { callMessages } from '../call-messages.ts';
import { callQuery, useAnswer, useCallBack, useEndCall, useNoteOnCall } from '../call-queries.ts';
import { standingQuery } from '../hall-queries.ts';
import styles from './CallPage.module.css';
import { CalmScript } from './CalmScript.tsx';
import { spokenSentence } from './spoken-sentence.ts';

export const route = createLazyRoute('/calls/$id')({ component: CallPage });

/** 来电弹屏: nothing has to be typed before the first sentence can be said. */
function CallPage() {
  const { id = '' } = useParams({ strict: false });
  const call = useQuery(callQuery(id));
  useLive(['call'], ['calls', 'one', id], id);
  if (call.error) return <ErrorPanel error={call.error} onRetry={() => void call.refetch()} />;
  return call.data ? <Call key={id} call={call.data} /> : <PageSkeleton />;
}

function Call({ call }: { call: CallView }) {
  const t = useT(callMessages);
  const note = useNoteOnCall(call.id);
  const kept = useRef<Promise<unknown>>(Promise.resolve());
  const only = call.households.length === 1 ? call.households[0]?.id : undefined;
  // What was noted here counts until the server has it: two keys in a second must not undo each other.
  const [notes, setNotes] = useState<CallNotes>({
    mood: call.mood,
    escalationRisk: call.escalationRisk,
    recordingNo: call.recordingNo,
    householdId: call.householdId ?? only ?? null,
  });
  const { householdId } = notes;
  function keep(change: Partial<CallNotes>): void {
    const next = { ...notes, ...change };
    setNotes(next);
    kept.current = keepAfter(kept.current, next);
  }

  /** One after the other, so that none overtakes a later one. */
  async function keepAfter(before: Promise<unknown>, next: CallNotes): Promise<void> {
    await before;
    try {
      await note.mutateAsync(next);
    } catch {
      // The mutation holds the error and the page shows it; the next note is kept all the same.
    }
  }
  return (
    <>
      <PageHead
        title={`${t('call.title')} ${call.phone ?? ''}`}
        owner={<CallState call={call} />}
        promise={call.caseId !== null && <CaseLink caseId={call.caseId} number={t('call.case')} />}
      />
      <Say call={call} householdId={householdId} />
      {note.error && <ErrorPanel error={note.error} kept />}
      <div className={styles['columns']}>
        <div className={styles['side']}>
          <Candidates call={call} chosen={householdId} onChoose={(id) => keep({ householdId: id })} />
          {householdId !== null && <HouseholdStripPanel id={householdId} />}
        </div>
        <div className={styles['side']}>
          {call.owed?.state === 'open' && <RingBack owedId={call.owed.id} dueAt={call.owed.dueAt} />}
          <Notes notes={notes} keep={keep} />
          <CalmScript mood={notes.mood} escalationRisk={notes.escalationRisk} />
        </div>
      </div>
      <CallActions call={call} householdId={householdId} kept={async () => await kept.current} />
    </>
  );
}

function Say({ call, householdId }: { call: CallView; householdId: string | null }) {
  const t = useT(callMessages);
  const { language } = useLanguage();
  const { company } = useSession();
  const now = useNow(10_000);
  const standing = useQuery({ ...standingQuery(householdId ?? ''), enabled: householdId !== null });
  const household = call.households.find((one) => one.id === householdId);
  const facts = { company: company.name, call, household, standing: standing.data, now, language };
  return (
    <section className={styles['say']} aria-label={t('call.say')} aria-live="polite">
      <small>{t('call.say')}</small>
      <p>{spokenSentence(facts)}</p>
    </section>
  );
}

function CallState({ call }: { call: CallView }) {
  const t = useT(callMessages);
  const { language } = useLanguage();
  const now = useNow();
  const time = formatStopwatch(Math.max(0, now - (call.answeredAt ?? now)));
  return (
    <>
      {t(`call.state.${call.state}`, { time })}
      {call.owed?.state === 'open' && (
        <> · {t('call.owes', { time: formatBy(call.owed.dueAt, now, language) })}</>
      )}
      {call.owed?.state === 'reached' && <> · {t('call.calledBack')}</>}
      {call.owed?.state === 'given-up' && <> · {t('call.givenUp')}</>}
    </>
  );
}

function Candidates(props: { call: CallView; chosen: string | null; onChoose: (id: string) => void }) {
  const t = useT(callMessages);
  const { language } = useLanguage();
  const { households } = props.call;
  if (households.length === 0) return <p>{t('call.unknown')}</p>;
  if (households.length === 1) return null;
  return (
    <section className={styles['card']}>
      <h2>{t('call.who')}</h2>
      <ul className={styles['candidates']}>
        {households.map((one) => (
          <li key={one.id}>
            <Button
              block
              type={one.id === props.chosen ? 'primary' : 'default'}
              aria-pressed={one.id === props.chosen}
              onClick={() => props.onChoose(one.id)}
            >
              {`${one.name} · ${one.address} · ${one.accountNo} · ${language === 'zh' ? one.station.name : one.station.nameEn}`}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Notes({ notes, keep }: { notes: CallNotes; keep: (change: Partial<CallNotes>) => void }) {
  const t = useT(callMessages);
  const [recording, setRecording] = useState(notes.recordingNo ?? '');
  const risk = () => keep({ escalationRisk: !notes.escalationRisk });
  useKeys(t('call.title'), [{ key: 'm', label: t('call.risk'), run: risk }]);
  return (
    <section className={styles['card']}>
      <h2>{t('call.mood')}</h2>
      <Segmented
        aria-label={t('call.mood')}
        value={notes.mood}
        options={(['calm', 'upset', 'furious'] as const).map((value) => ({
          value,
          label: t(`call.${value}`),
        }))}
        onChange={(mood) => keep({ mood })}
      />
      <Button
        size="large"
        type={notes.escalationRisk ? 'primary' : 'default'}
        aria-pressed={notes.escalationRisk}
        onClick={risk}
      >
        {t(notes.escalationRisk ? 'call.riskOn' : 'call.risk')} <kbd aria-hidden="true">M</kbd>
      </Button>
      <label className={styles['field']}>
        <span>{t('call.recording')}</span>
        <Input
          maxLength={60}
          value={recording}
          onChange={(event) => setRecording(event.target.value)}
          onBlur={() => {
            const said = recording.trim() || null;
            if (said !== notes.recordingNo) keep({ recordingNo: said });
          }}
        />
      </label>
    </section>
  );
}

/** The caller was lost: he is rung back from here, and what came of it is recorded. */
function RingBack({ owedId, dueAt }: { owedId: string; dueAt: number }) {
  const t = useT(callMessages);
  const back = useCallBack(owedId);
  return (
    <section className={styles['card']}>
      <h2>
        {t('call.ringBack')} <TimeLeft deadline={{ dueAt }} />
      </h2>
      <CallOutcome
        busy={back.isPending}
        error={back.error}
        onRecord={(outcome) => back.mutate({ outcome })}
      />
    </section>
  );
}

/** What can be done with a call depends on how far it is: answer, take in, end. */
function CallActions(props: {
  call: CallView;
  householdId: string | null;
  /** Resolves when everything noted is with the server: the intake is filled in from there. */
  kept: () => Promise<unknown>;
}) {
  const { call, householdId, kept } = props;
  const t = useT(callMessages);
  const navigate = useNavigate();
  const answer = useAnswer();
  const end = useEndCall(call.id);
  async function beginIntake(): Promise<void> {
    await kept();
    const household = householdId === null ? {} : { household: householdId };
    await navigate({ to: '/intake', search: { call: call.id, ...household } });
  }
  const intake: PageAction = {
    id: 'intake',
    label: t('call.intake'),
    allowed: true,
    run: () => void beginIntake(),
  };
  const visit: PageAction = {
    id: 'visit',
    label: t('call.visit'),
    allowed: true,
    run: () => void navigate({ to: '/appointments', search: { call: call.id } }),
  };
  const done: PageAction = {
    id: 'done',
    label: t('call.done'),
    allowed: true,
    busy: end.isPending,
    run: () => end.mutate({ outcome: 'done' }),
  };
  const dropped: PageAction = {
    id: 'dropped',
    label: t('call.dropped'),
    allowed: true,
    busy: end.isPending,
    run: () => end.mutate({ outcome: 'dropped' }),
  };
  const pick: PageAction = {
    id: 'answer',
    label: t('call.answer'),
    allowed: true,
    busy: answer.isPending,
    run: () => answer.mutate({ id: call.id }),
  };
  const error = answer.error ?? end.error;
  const inHand = call.state === 'ringing' || call.state === 'talking';
  const others = inHand ? [done, dropped, visit] : [visit];
  return (
    <>
      {error && <ErrorPanel error={error} kept />}
      <ActionBar
        primary={call.state === 'ringing' ? pick : intake}
        others={call.state === 'ringing' ? [intake, ...others] : others}
      />
    </>
  );
}
