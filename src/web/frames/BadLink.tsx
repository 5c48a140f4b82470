import { useT } from '../lib/i18n.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { uiMessages } from '../ui/messages.ts';
import { frameMessages } from './messages.ts';
import { PhoneFrame } from './PhoneFrame.tsx';

/** What a customer sees whose link leads nowhere, with the way that always works. */
export function BadLink() {
  const t = useT(frameMessages);
  const ui = useT(uiMessages);
  return (
    <PhoneFrame title={ui('app.name')}>
      <EmptyState title={t('link.title')} body={t('link.body')} />
    </PhoneFrame>
  );
}
