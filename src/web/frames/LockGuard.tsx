import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { sessionQuery, setLock, useLock, useLockOnRefusal } from '../lib/session.ts';
import { LockScreen } from '../ui/LockScreen.tsx';

/** Puts the lock screen over the page when the server asks for the password again; what was typed stays below. */
export function LockGuard() {
  const lock = useLock();
  const queryClient = useQueryClient();
  const { data: session } = useQuery({ ...sessionQuery, enabled: false });
  useLockOnRefusal();

  useEffect(() => {
    if (session?.locked) setLock('locked');
  }, [session?.locked]);

  if (!session || lock === 'open') return null;
  return (
    <LockScreen
      over={lock === 'over'}
      login={session.login}
      name={session.person.name}
      onOpen={async () => {
        setLock('open');
        await queryClient.invalidateQueries();
      }}
    />
  );
}
