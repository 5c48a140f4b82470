import { createLazyRoute, Navigate } from '@tanstack/react-router';
import { useFeatures } from '../../../frames/features-context.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useSession } from '../../../lib/session.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { messages } from '../messages.ts';

export const route = createLazyRoute('/')({ component: HomePage });

/** Leads each post to its work: the page that names the post, else the first place on the rail. */
function HomePage() {
  const t = useT(messages);
  const { language } = useLanguage();
  const session = useSession();
  const places = useFeatures()
    .flatMap((feature) => feature.places ?? [])
    .filter((place) => place.shownTo(session))
    .toSorted((a, b) => a.order - b.order);
  const home = places.find((place) => place.homeOf?.includes(session.post)) ?? places[0];

  if (home) return <Navigate to={home.path} replace />;
  return (
    <EmptyState title={t('home.none')} body={t('home.noneBody', { post: session.postName[language] })} />
  );
}
