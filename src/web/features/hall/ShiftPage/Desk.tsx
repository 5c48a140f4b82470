import { Link } from '@tanstack/react-router';
import type { DeskNow } from '#modules/repair/command-api.ts';
import { formatNumber } from '../../../lib/format.ts';
import { useT } from '../../../lib/i18n.ts';
import { shiftMessages } from '../shift-messages.ts';

const FIGURES = [
  'hazards',
  'open',
  'dark',
  'nobodyThere',
  'crewsOut',
  'permission',
  'tellingDue',
  'tellingHeld',
  'incidentsHeld',
] as const;

/** The desk of dispatching in a few lines; what is nought is left out, but never the danger. */
export function Desk({ desk }: { desk: DeskNow }) {
  const t = useT(shiftMessages);
  const told = FIGURES.filter((one) => one === 'hazards' || desk[one] > 0);
  return (
    <>
      <h3>{t('desk.title')}</h3>
      <ul>
        {told.map((one) => (
          <li key={one}>{t(`desk.${one}`, { count: formatNumber(desk[one]) })}</li>
        ))}
        <li>{t(desk.storm ? 'desk.storm' : 'desk.peace')}</li>
        <li>{t(desk.automatic ? 'desk.automatic' : 'desk.byHand')}</li>
      </ul>
      <p>
        <Link to="/command">{t('desk.look')}</Link>
      </p>
    </>
  );
}
