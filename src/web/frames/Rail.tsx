import { Link, useLocation } from '@tanstack/react-router';
import { useLanguage, useT } from '../lib/i18n.ts';
import { useSession } from '../lib/session.ts';
import { uiMessages } from '../ui/messages.ts';
import { useFeatures } from './features-context.ts';
import styles from './Rail.module.css';

/** 64 px of work places: an icon and two characters each, those of one's role. On a phone the bottom bar. */
export function Rail() {
  const t = useT(uiMessages);
  const { language } = useLanguage();
  const session = useSession();
  const places = useFeatures()
    .flatMap((feature) => feature.places ?? [])
    .filter((place) => place.shownTo(session))
    .toSorted((a, b) => a.order - b.order);
  const pathname = useLocation({ select: (location) => location.pathname });
  // The nearest place: /outages/plans is not also /outages.
  const here = places
    .filter(({ path }) => pathname === path || pathname.startsWith(`${path}/`))
    .toSorted((a, b) => b.path.length - a.path.length)[0];

  return (
    <nav className={`${styles['rail']} dfw-no-print`} aria-label={t('nav.places')}>
      <Link to="/" className={styles['mark']} title={session.company.name} aria-label={t('app.name')}>
        <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
          <path d="M17.8 4 8.5 17.5h6L13.2 28 23 13.5h-6.4z" fill="currentColor" />
        </svg>
      </Link>
      <ul className={styles['places']}>
        {places.map((place) => (
          <li key={place.path}>
            <Link
              to={place.path}
              className={styles['place']}
              activeOptions={{ exact: true }}
              {...(place === here ? { 'data-active': true, 'aria-current': 'page' } : {})}
              title={place.name(language)}
            >
              <span className={styles['icon']} aria-hidden="true">
                {place.icon}
              </span>
              {place.label(language)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
