import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import type { CaseView } from '#modules/case/case-api.ts';
import type { CaseWork } from '#modules/case/case-work-api.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNames } from '../case-queries.ts';
import { workMessages } from '../work-messages.ts';
import {
  unitsQuery,
  useAsk,
  useEnd,
  useHandOver,
  useNote,
  useReopen,
  useUnlink,
  useUrge,
} from '../work-queries.ts';
import styles from './CasePage.module.css';
import { CommitForm } from './CommitForm.tsx';
import { OnesReason } from './OnesReason.tsx';
import { WordsForm } from './WordsForm.tsx';

const HOURS = [4, 8, 24, 72] as const;

type Deed = 'handOver' | 'ask' | 'supervise' | 'commit' | 'urge' | 'note' | 'end' | 'reopen' | 'unlink';

/** What can be done with a case beside its steps: one button each, one form open at a time. */
export function Beside({ view, work }: { view: CaseView; work: CaseWork }) {
  const t = useT(workMessages);
  const [open, setOpen] = useState<Deed | null>(null);
  const deeds = deedsOf(view, work);
  if (deeds.length === 0) return null;
  const facts = [
    work.urged > 0 && t('beside.urged', { count: work.urged }),
    work.supervision > 0 && t('beside.supervised', { level: work.supervision }),
    work.reopened > 0 && t('beside.reopened', { count: work.reopened }),
    work.endedAs !== null && t(`beside.ended.${work.endedAs}`),
  ].filter(Boolean);
  return (
    <section>
      <h2>{t('beside.title')}</h2>
      {facts.length > 0 && <p className={styles['small']}>{facts.join(' · ')}</p>}
      <div className={styles['row']}>
        {deeds.map((deed) => (
          <Button
            key={deed}
            aria-expanded={open === deed}
            onClick={() => setOpen(open === deed ? null : deed)}
          >
            {t(`beside.${deed}`)}
          </Button>
        ))}
      </div>
      {open !== null && deeds.includes(open) && (
        <div className={styles['form']}>
          <DeedForm deed={open} view={view} onDone={() => setOpen(null)} />
        </div>
      )}
    </section>
  );
}

/** The server refuses what is not allowed; a button whose deed makes no sense now is not there. */
function deedsOf(view: CaseView, work: CaseWork): readonly Deed[] {
  if (view.state === 'closed') return work.mayReopen ? ['reopen', 'commit', 'note'] : ['commit', 'note'];
  const handOver = view.order?.actions.some((one) => one.action === 'handOver' && one.allowed) === true;
  return [
    ...(handOver ? (['handOver'] as const) : []),
    'ask',
    ...(work.maySupervise ? (['supervise'] as const) : []),
    'commit',
    'urge',
    'note',
    ...(work.mayUnlink ? (['unlink'] as const) : []),
    ...(work.endRequest === null ? (['end'] as const) : []),
  ];
}

function DeedForm({ deed, view, onDone }: { deed: Deed; view: CaseView; onDone: () => void }) {
  switch (deed) {
    case 'handOver':
      return <HandOverForm view={view} onDone={onDone} />;
    case 'ask':
      return <AskForm caseId={view.id} kind="joint" onDone={onDone} />;
    case 'supervise':
      return <AskForm caseId={view.id} kind="supervision" onDone={onDone} />;
    case 'commit':
      return <CommitForm caseId={view.id} onDone={onDone} />;
    case 'end':
      return <EndForm caseId={view.id} onDone={onDone} />;
    case 'reopen':
      return <ReopenForm view={view} onDone={onDone} />;
    case 'urge':
    case 'note':
    case 'unlink':
      return <WordsDeed key={deed} deed={deed} caseId={view.id} onDone={onDone} />;
  }
}

function WordsDeed(props: { deed: 'urge' | 'note' | 'unlink'; caseId: string; onDone: () => void }) {
  const t = useT(workMessages);
  const urge = useUrge(props.caseId);
  const note = useNote(props.caseId);
  const unlink = useUnlink(props.caseId);
  const after = { onSuccess: props.onDone };
  const ways = {
    urge: { ...urge, send: (words: string) => urge.mutate({ words }, after) },
    note: { ...note, send: (words: string) => note.mutate({ words }, after) },
    unlink: { ...unlink, send: (reason: string) => unlink.mutate({ reason }, after) },
  };
  const way = ways[props.deed];
  return (
    <WordsForm
      label={t(props.deed === 'note' ? 'field.note' : props.deed === 'urge' ? 'field.words' : 'field.reason')}
      action={t(`do.${props.deed}`)}
      busy={way.isPending}
      error={way.error}
      onSend={way.send}
    />
  );
}

/** "Not solved": where the repair begins anew, somebody says why the five ones are not kept. */
function ReopenForm({ view, onDone }: { view: CaseView; onDone: () => void }) {
  const t = useT(workMessages);
  const [exception, setException] = useState<string | undefined>(undefined);
  const reopen = useReopen(view.id);
  const broken = view.order?.reopenBreaks ?? [];
  const why = broken.length > 0 && exception !== undefined ? { exception } : {};
  return (
    <>
      <OnesReason
        reasons={view.order?.onesReasons ?? []}
        broken={broken}
        value={exception}
        onChange={setException}
      />
      <WordsForm
        label={t('field.reason')}
        action={t('do.reopen')}
        busy={reopen.isPending}
        error={reopen.error}
        onSend={(reason) => reopen.mutate({ reason, ...why }, { onSuccess: onDone })}
      />
    </>
  );
}

function HandOverForm({ view, onDone }: { view: CaseView; onDone: () => void }) {
  const t = useT(workMessages);
  const name = useNames();
  const { language } = useLanguage();
  const units = useQuery(unitsQuery).data ?? [];
  const handing = useHandOver(view.id);
  const steps = (view.order?.actions ?? []).filter((one) => one.action === 'handOver' && one.allowed);
  const [index, setIndex] = useState(0);
  const [unitId, setUnitId] = useState<string>();
  const [post, setPost] = useState<string>();
  const target = steps[index];
  const unit = units.find((one) => one.id === unitId);
  const { order } = view;
  if (order === null || target === undefined) return null;
  return (
    <>
      <div className={styles['fields']}>
        <Select
          aria-label={t('field.step')}
          value={index}
          options={steps.map((one, i) => {
            const step = order.steps.find((other) => other.id === one.ref.step);
            return { value: i, label: step === undefined ? one.ref.step : name(step.name) };
          })}
          onChange={setIndex}
        />
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('field.unit')}
          placeholder={t('field.unit')}
          value={unitId}
          options={units.map((one) => ({ value: one.id, label: language === 'zh' ? one.name : one.nameEn }))}
          onChange={(id) => {
            setUnitId(id);
            setPost(undefined);
          }}
        />
        <Select
          aria-label={t('field.post')}
          placeholder={t('field.post')}
          disabled={unit === undefined}
          value={post}
          options={(unit?.posts ?? []).map((one) => ({ value: one.id, label: name(one.name) }))}
          onChange={setPost}
        />
      </div>
      <WordsForm
        label={t('field.reason')}
        action={t('do.handOver')}
        busy={handing.isPending}
        error={handing.error}
        onSend={(reason) => {
          if (unitId === undefined || post === undefined) return;
          const to = { toUnitId: unitId, toPost: post, toPersonId: null };
          handing.mutate(
            { orderId: order.id, seq: order.seq, ref: target.ref, ...to, reason },
            { onSuccess: onDone },
          );
        }}
      />
    </>
  );
}

function AskForm({
  caseId,
  kind,
  onDone,
}: {
  caseId: string;
  kind: 'joint' | 'supervision';
  onDone: () => void;
}) {
  const t = useT(workMessages);
  const { language } = useLanguage();
  const units = useQuery(unitsQuery).data ?? [];
  const asking = useAsk(caseId);
  const [unitId, setUnitId] = useState<string>();
  const [hours, setHours] = useState<number>(8);
  return (
    <>
      <div className={styles['fields']}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('field.unit')}
          placeholder={t('field.unit')}
          value={unitId}
          options={units.map((one) => ({ value: one.id, label: language === 'zh' ? one.name : one.nameEn }))}
          onChange={setUnitId}
        />
        <Select
          aria-label={t('field.hours')}
          value={hours}
          options={HOURS.map((value) => ({ value, label: t(`hours.${value}`) }))}
          onChange={setHours}
        />
      </div>
      <WordsForm
        label={t('field.question')}
        action={t(kind === 'joint' ? 'do.ask' : 'do.supervise')}
        busy={asking.isPending}
        error={asking.error}
        onSend={(question) => {
          if (unitId !== undefined) asking.mutate({ unitId, question, hours, kind }, { onSuccess: onDone });
        }}
      />
    </>
  );
}

function EndForm({ caseId, onDone }: { caseId: string; onDone: () => void }) {
  const t = useT(workMessages);
  const ending = useEnd(caseId);
  const [kind, setKind] = useState<'stopped' | 'withdrawn'>('withdrawn');
  return (
    <>
      <div className={styles['fields']}>
        <Select
          aria-label={t('field.kind')}
          value={kind}
          options={(['withdrawn', 'stopped'] as const).map((value) => ({ value, label: t(`kind.${value}`) }))}
          onChange={setKind}
        />
      </div>
      <p className={styles['small']}>{t('end.wait')}</p>
      <WordsForm
        label={t('field.reason')}
        action={t('do.end')}
        busy={ending.isPending}
        error={ending.error}
        onSend={(reason) => ending.mutate({ kind, reason }, { onSuccess: onDone })}
      />
    </>
  );
}
