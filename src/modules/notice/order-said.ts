import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { MessageData } from './domain/index.ts';
import type { Claimed } from './relay-store.ts';

/** The template that carries a whole order to a crew. */
const CREW_ORDER = 'crew-order';
/** A message of more than a few parts gets through last where the masts are weak. */
const MOST_CHARS = 60;
/** The staff is written to in Chinese. */
const HAZARDS: Readonly<Record<string, string>> = {
  'line-down': '险情：导线落地，先看守、停电。',
  pole: '险情：杆塔倾倒，先看守、停电。',
  shock: '险情：有人触电，先断电救人。',
  fire: '险情：着火，先断电。',
};
const UNKNOWN = '无';

type Row = {
  readonly id: string;
  readonly place: string | null;
  readonly fault: string | null;
  readonly customer: string | null;
  readonly hazard: string | null;
  readonly desk: string | null;
};

/** What an order that goes out by SMS says, read when it is sent, by the message's id; for messages of that template alone. */
export async function listOrdersSaid(
  db: Db,
  companyId: string,
  rows: readonly Claimed[],
): Promise<ReadonlyMap<string, MessageData>> {
  const ids = rows.filter((row) => row.template === CREW_ORDER).map((row) => row.id);
  if (ids.length === 0) return new Map();
  const found = await db.rows<Row>(sql`
    select n.id, coalesce(${saidOf('place')}, nullif(concat_ws(' ', m.place, m.house_no), ''), i.place) as place,
      ${saidOf('words')} as fault, ${saidOf('contact-phone')} as customer, i.hazard,
      (select u.phone from units u where u.company_id = n.company_id and u.code = 'repair-centre') as desk
    from outbox n
    join lateral (select c.* from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
      where l.company_id = n.company_id and l.order_id = (n.data ->> 'orderId')::uuid and l.unlinked_at is null
      order by l.linked_at, c.id limit 1) c on true
    left join households h on h.company_id = c.company_id and h.id = c.household_id
    left join premises m on m.company_id = h.company_id and m.id = h.premises_id
    left join lateral (select x.hazard, v.name as place from outage_incidents x
      left join network_devices v on v.company_id = x.company_id and v.id = x.device_id
      where x.company_id = n.company_id and x.order_id = (n.data ->> 'orderId')::uuid
      order by x.since desc limit 1) i on true
    where n.company_id = ${companyId} and n.id = any(${ids}::uuid[])`);
  return new Map(
    found.map(({ id, place, fault, customer, hazard, desk }) => [
      id,
      {
        place: short(place),
        fault: short(fault),
        customer: customer ?? UNKNOWN,
        hazard: HAZARDS[hazard ?? ''] ?? '',
        desk: desk ?? '95598',
      },
    ]),
  );
}

function short(text: string | null): string {
  if (text === null || text === '') return UNKNOWN;
  return text.length <= MOST_CHARS ? text : `${text.slice(0, MOST_CHARS - 1)}…`;
}

/** What the case of the message says of this kind. */
function saidOf(kind: 'place' | 'words' | 'contact-phone') {
  return sql`(select t.body from case_texts t
    where t.company_id = c.company_id and t.case_id = c.id and t.kind = ${kind} and t.blanked_at is null
    order by t.at limit 1)`;
}
