import {
  CalendarOutlined,
  FormOutlined,
  HomeOutlined,
  OrderedListOutlined,
  PhoneOutlined,
  SwapOutlined,
} from '@ant-design/icons';
import { createRoute } from '@tanstack/react-router';
import type { Feature } from '../../lib/feature.ts';
import { translate } from '../../lib/i18n.ts';
import { CallPopup } from './CallPopup.tsx';
import { callMessages } from './call-messages.ts';
import { appointmentMessages } from './appointment-messages.ts';
import { atCounter } from './at-counter.ts';
import { findHouseholds } from './hall-queries.ts';
import { addressOf, intakeSearch } from './intake-search.ts';
import { messages, refusals } from './messages.ts';
import { queueMessages } from './queue-messages.ts';
import { ShiftChip } from './ShiftChip.tsx';
import { shiftMessages } from './shift-messages.ts';

/** The counter, the phone and the queue. */
export const hallFeature: Feature = {
  id: 'hall',
  refusals,
  deskRoutes: (parent) => [
    createRoute({ getParentRoute: () => parent, path: '/intake', validateSearch: intakeSearch }).lazy(
      async () => (await import('./IntakePage/IntakePage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/calls/new', validateSearch: callSearch }).lazy(
      async () => (await import('./CallPage/CallsPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/calls/$id' }).lazy(
      async () => (await import('./CallPage/CallPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/queue' }).lazy(
      async () => (await import('./QueuePage/QueuePage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/devices' }).lazy(
      async () => (await import('./DevicesPage/DevicesPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/appointments', validateSearch: intakeSearch }).lazy(
      async () => (await import('./AppointmentsPage/AppointmentsPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/shift' }).lazy(
      async () => (await import('./ShiftPage/ShiftPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/receipts/$id' }).lazy(
      async () => (await import('./ReceiptPage/ReceiptPage.tsx')).route,
    ),
  ],
  bareRoutes: (parent) => [
    createRoute({ getParentRoute: () => parent, path: '/receipts/$id/print' }).lazy(
      async () => (await import('./ReceiptPage/PrintPage.tsx')).route,
    ),
  ],
  topLine: [CallPopup, ShiftChip],
  palette: [
    {
      id: 'household',
      title: (language) => translate(messages, language, 'palette.households'),
      search: async ({ text, session, signal }) => {
        if (!session.permissions.includes('case.intake') || text.trim().length < 2) return [];
        const { hits } = await findHouseholds(text, signal);
        return hits.map((hit) => ({
          id: hit.householdId,
          title: hit.name,
          detail: `${hit.place}${hit.houseNo} · ${hit.accountNo}`,
          icon: <HomeOutlined />,
          run: (go) => go(addressOf(hit.householdId)),
        }));
      },
    },
  ],
  places: [
    {
      path: '/intake',
      icon: <FormOutlined />,
      label: (language) => translate(messages, language, 'place.intake'),
      name: (language) => translate(messages, language, 'place.intakeName'),
      order: 10,
      shownTo: (session) => session.permissions.includes('case.intake'),
      homeOf: ['clerk', 'call-taker', 'hall-lead'],
    },
    {
      path: '/queue',
      icon: <OrderedListOutlined />,
      label: (language) => translate(queueMessages, language, 'place.queue'),
      name: (language) => translate(queueMessages, language, 'place.queueName'),
      order: 11,
      shownTo: (session) => atCounter(session.post),
    },
    {
      path: '/calls/new',
      icon: <PhoneOutlined />,
      label: (language) => translate(callMessages, language, 'place.calls'),
      name: (language) => translate(callMessages, language, 'place.callsName'),
      order: 12,
      shownTo: (session) => session.permissions.includes('case.intake'),
    },
    {
      path: '/appointments',
      icon: <CalendarOutlined />,
      label: (language) => translate(appointmentMessages, language, 'place.appointments'),
      name: (language) => translate(appointmentMessages, language, 'place.appointmentsName'),
      order: 13,
      shownTo: (session) => atCounter(session.post) || session.post === 'call-taker',
    },
    {
      path: '/shift',
      icon: <SwapOutlined />,
      label: (language) => translate(shiftMessages, language, 'place.shift'),
      name: (language) => translate(shiftMessages, language, 'place.shiftName'),
      order: 60,
      shownTo: (session) => session.permissions.includes('shift.hand-over'),
    },
  ],
};

/** `?number=` is how a telephone program on the desk opens the page. */
function callSearch(search: Readonly<Record<string, unknown>>): { readonly number?: string } {
  const { number } = search;
  return typeof number === 'string' || typeof number === 'number' ? { number: String(number) } : {};
}
