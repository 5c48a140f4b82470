import { Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import {
  EVIDENCE_KINDS,
  type EvidenceKind,
  FLAG_KINDS,
  type FlagKind,
  needsConsent,
} from '#modules/customer/domain/index.ts';
import { endOfDay } from '../../../lib/end-of-day.ts';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { flagMessages } from '../flag-messages.ts';
import { useSetFlag } from '../hall-queries.ts';
import { messages } from '../messages.ts';
import styles from './HouseholdStripPanel.module.css';

const FEWEST = 2;

/** A sensitive mark: what, on which evidence, until when, and with whose consent. */
export function FlagForm({ householdId, onDone }: { householdId: string; onDone: () => void }) {
  const t = useT(flagMessages);
  const names = useT(messages);
  const set = useSetFlag(householdId);
  const [kind, setKind] = useState<FlagKind | null>(null);
  const [evidence, setEvidence] = useState<EvidenceKind | null>(null);
  const [note, setNote] = useState('');
  const [day, setDay] = useState('');
  const [consent, setConsent] = useState(false);
  const asksConsent = kind !== null && needsConsent(kind);
  const ready =
    kind !== null &&
    evidence !== null &&
    note.trim().length >= FEWEST &&
    day !== '' &&
    (consent || !asksConsent);
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (kind === null || evidence === null) return;
        set.mutate(
          { kind, evidence, evidenceNote: note.trim(), consent, expiresAt: endOfDay(day) },
          { onSuccess: onDone },
        );
      }}
    >
      <Select
        autoFocus
        size="small"
        aria-label={t('flag.kind')}
        placeholder={t('flag.kind')}
        value={kind}
        options={FLAG_KINDS.map((value) => ({ value, label: names(`flag.${value}`) }))}
        onChange={setKind}
      />
      <Select
        size="small"
        aria-label={t('flag.evidence')}
        placeholder={t('flag.evidence')}
        value={evidence}
        options={EVIDENCE_KINDS.map((value) => ({ value, label: names(`evidence.${value}`) }))}
        onChange={setEvidence}
      />
      <Input
        size="small"
        aria-label={t('flag.note')}
        placeholder={t('flag.noteHint')}
        maxLength={200}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <label>
        {t('flag.until')}{' '}
        <Input
          size="small"
          type="date"
          style={{ width: 150 }}
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
      </label>
      {asksConsent && (
        <Checkbox checked={consent} onChange={(event) => setConsent(event.target.checked)}>
          {t('flag.consent')}
        </Checkbox>
      )}
      <div>
        <Button size="small" type="primary" htmlType="submit" disabled={!ready} loading={set.isPending}>
          {t('flag.set')}
        </Button>
        <Button size="small" type="text" onClick={onDone}>
          {t('flag.cancel')}
        </Button>
      </div>
      {set.error && <ErrorPanel error={set.error} kept />}
    </form>
  );
}
