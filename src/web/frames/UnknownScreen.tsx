import { useT } from '../lib/i18n.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { uiMessages } from '../ui/messages.ts';
import { frameMessages } from './messages.ts';
import { WallFrame } from './WallFrame.tsx';

/** A screen whose address names no hall: said to whoever hangs it up. */
export function UnknownScreen() {
  const t = useT(frameMessages);
  const ui = useT(uiMessages);
  return (
    <WallFrame title={ui('app.name')} dataAt={null}>
      <EmptyState title={t('screen.title')} body={t('screen.body')} />
    </WallFrame>
  );
}
