import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useT } from '../../../lib/i18n.ts';
import { useKeys } from '../../../lib/keys.ts';
import type { PageAction } from '../../../ui/ActionBar.tsx';
import { queueMessages } from '../queue-messages.ts';
import { queueQuery, useCallNext, useEndTicket, useQueueStep } from '../queue-queries.ts';

/** At which window this desk stands: a matter of the desk, kept in its browser. */
const WINDOW = 'dafuwu:window';

/** The ticket in hand and what can be done with it; F8 is always the next thing to do. */
export function useQueueActions() {
  const t = useT(queueMessages);
  const queue = useQuery(queueQuery);
  const [window_, setWindow] = useState(() => Number(localStorage.getItem(WINDOW) ?? '1'));
  const next = useCallNext();
  const serve = useQueueStep('serve');
  const recall = useQueueStep('recall');
  const end = useEndTicket();
  const busy = next.isPending || serve.isPending || recall.isPending || end.isPending;
  const inHand = queue.data?.inHand ?? null;
  const anybody = (queue.data?.waiting.length ?? 0) > 0;

  const call = (): void => next.mutate({ window: window_ });
  const action = (id: string, label: string, run: () => void, allowed = true): PageAction => ({
    id,
    label,
    allowed,
    busy,
    run,
    ...(allowed ? {} : { reason: t('queue.empty') }),
  });
  const absent = action('absent', t('queue.absent'), () => end.mutate({ outcome: 'no-show' }));
  const again = action('recall', t('queue.recall'), () => recall.mutate({}));
  const done = action('done', t('queue.done'), () => end.mutate({ outcome: 'served' }));
  const primary =
    inHand === null
      ? action('next', t('queue.next'), call, anybody)
      : inHand.state === 'called'
        ? action('here', t('queue.here'), () => serve.mutate({}))
        : action('doneNext', t('queue.doneNext'), call, anybody);
  const others = inHand === null ? [] : inHand.state === 'called' ? [again, absent] : [done];
  useKeys(t('place.queueName'), [
    { key: 'F8', label: primary.label, run: primary.run, disabled: !primary.allowed || busy },
    { key: 'F9', label: again.label, run: again.run, disabled: inHand?.state !== 'called' || busy },
    { key: 'F7', label: absent.label, run: absent.run, disabled: inHand?.state !== 'called' || busy },
  ]);
  return {
    queue,
    window: window_,
    setWindow: (n: number) => {
      localStorage.setItem(WINDOW, String(n));
      setWindow(n);
    },
    error: next.error ?? serve.error ?? recall.error ?? end.error,
    primary,
    others,
  };
}
