import { Button } from 'antd';
import { useState } from 'react';
import { formatDate } from '../../../lib/format.ts';
import { lookUp, useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { useMay } from '../../../lib/session.ts';
import { flagMessages } from '../flag-messages.ts';
import type { HouseholdStrip } from '../household-types.ts';
import { messages } from '../messages.ts';
import { EndFlag } from './EndFlag.tsx';
import { FlagForm } from './FlagForm.tsx';

const MINUTE = 60_000;

/** What to take care of, on which evidence and until when; whoever serves the household adds and ends it here. */
export function Flags({ who }: { who: HouseholdStrip }) {
  const t = useT(messages);
  const tf = useT(flagMessages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const mayChange = useMay('customer.flag');
  const [doing, setDoing] = useState<string | null>(null);
  const done = () => setDoing(null);
  if (who.flags.length === 0 && !mayChange) return null;
  return (
    <>
      {who.flags.length > 0 && <h3>{t('strip.flags')}</h3>}
      <ul>
        {who.flags.map((flag) => {
          const kind = lookUp(messages, language, `flag.${flag.kind}`) ?? flag.kind;
          return (
            <li key={flag.id}>
              {kind}
              <small>
                {t('strip.evidence', {
                  evidence: lookUp(messages, language, `evidence.${flag.evidence}`) ?? flag.evidence,
                  date: formatDate(flag.expiresAt, now, language),
                })}
              </small>
              {mayChange && doing !== flag.id && (
                <Button
                  size="small"
                  type="text"
                  aria-label={tf('flag.endNamed', { kind })}
                  onClick={() => setDoing(flag.id)}
                >
                  {tf('flag.end')}
                </Button>
              )}
              {doing === flag.id && <EndFlag householdId={who.id} flagId={flag.id} onDone={done} />}
            </li>
          );
        })}
      </ul>
      {mayChange && doing !== 'new' && (
        <Button size="small" type="text" onClick={() => setDoing('new')}>
          {tf('flag.add')}
        </Button>
      )}
      {doing === 'new' && <FlagForm householdId={who.id} onDone={done} />}
    </>
  );
}
