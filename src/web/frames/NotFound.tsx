import { Link } from '@tanstack/react-router';
import { useT } from '../lib/i18n.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { frameMessages } from './messages.ts';

export function NotFound() {
  const t = useT(frameMessages);
  return (
    <main>
      <EmptyState
        title={t('notFound.title')}
        body={t('notFound.body')}
        action={<Link to="/">{t('notFound.home')}</Link>}
      />
    </main>
  );
}
