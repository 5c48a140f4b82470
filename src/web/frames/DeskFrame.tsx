import { Outlet } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useT } from '../lib/i18n.ts';
import { useKeys } from '../lib/keys.ts';
import { openLive, useLiveState } from '../lib/live.ts';
import { useSession } from '../lib/session.ts';
import { CommandPalette } from '../ui/CommandPalette.tsx';
import { uiMessages } from '../ui/messages.ts';
import { ShortcutsHelp } from '../ui/ShortcutsHelp.tsx';
import styles from './DeskFrame.module.css';
import { Rail } from './Rail.tsx';
import { TopLine } from './TopLine.tsx';

/** The desk: work places on the left, one top line, the page. */
export function DeskFrame() {
  const t = useT(uiMessages);
  const queryClient = useQueryClient();
  const [finding, setFinding] = useState(false);
  const [helping, setHelping] = useState(false);
  const live = useLiveState();

  const { mustChangePassword } = useSession();
  // Before the password is changed the server says nothing.
  useEffect(
    () => (mustChangePassword ? undefined : openLive(queryClient)),
    [queryClient, mustChangePassword],
  );
  useKeys(t('keys.everywhere'), [
    { key: 'mod+k', label: t('keys.find'), run: () => setFinding(true) },
    { key: '?', label: t('keys.help'), run: () => setHelping(true) },
  ]);

  return (
    <div className={styles['desk']}>
      <a className={styles['skip']} href="#page">
        {t('nav.skip')}
      </a>
      <Rail />
      <div className={styles['right']}>
        <TopLine onFind={() => setFinding(true)} onKeys={() => setHelping(true)} />
        {live === 'lost' && (
          <p className={styles['lost']} role="status">
            {t('top.lost')}
          </p>
        )}
        <main id="page" className={styles['page']} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <CommandPalette open={finding} onClose={() => setFinding(false)} />
      <ShortcutsHelp open={helping} onClose={() => setHelping(false)} />
    </div>
  );
}
