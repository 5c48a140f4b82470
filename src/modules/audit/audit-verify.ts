import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { CANONICAL, chainHash, GENESIS } from './audit-chain.ts';
import type { ExportedHead } from './audit-heads.ts';

/** What is wrong with the record, and where in the chain. */
export type AuditFault = {
  readonly kind: /** A sealed entry was changed, or its seal was. */
    | 'altered'
    /** A sealed entry is not there any more. */
    | 'entry-gone'
    /** A number of the chain is missing: seals were removed or swapped. */
    | 'seal-gone'
    /** The chain is shorter than a head that was exported: its end was cut off. */
    | 'truncated'
    /** The chain is in itself right and is not the one whose head was exported: it was written anew. */
    | 'rewritten'
    /** An entry that nobody sealed in time: it was slipped in beside the program. */
    | 'unsealed';
  readonly seq: number | null;
  readonly entryId: string | null;
};

export type AuditReport = {
  readonly sealed: number;
  /** Of the last second, still to be sealed. */
  readonly unsealed: number;
  readonly heads: number;
  readonly faults: readonly AuditFault[];
};

const PAGE = 20_000;
/** Faults beyond these say nothing new. */
const MOST_FAULTS = 100;
/** The sealer comes every second; whatever is older and unsealed was not written by the program. */
const SEALED_WITHIN_MS = 60_000;

type Link = {
  readonly seq: number;
  readonly hash: string;
  readonly entry_id: string;
  readonly canonical: string | null;
};

/** Walks the whole chain of a company and holds it against the exported heads. */
export async function verifyAudit(
  db: Db,
  companyId: string,
  heads: readonly ExportedHead[],
  realNow: number,
): Promise<AuditReport> {
  const faults: AuditFault[] = [];
  const expected = new Map(heads.map((head) => [head.seq, head.hash]));
  let before = GENESIS;
  let seq = 0;
  for (;;) {
    const links = await readLinks(db, companyId, seq);
    for (const link of links) {
      const fault = faultOf(link, seq + 1, before);
      if (fault !== undefined && faults.length < MOST_FAULTS) faults.push(fault);
      if (expected.has(link.seq) && expected.get(link.seq) !== link.hash)
        faults.push({ kind: 'rewritten', seq: link.seq, entryId: link.entry_id });
      before = link.hash;
      ({ seq } = link);
    }
    if (links.length < PAGE) break;
  }
  const cut = heads.find((head) => head.seq > seq);
  if (cut !== undefined) faults.push({ kind: 'truncated', seq: cut.seq, entryId: null });
  const open = await readUnsealed(db, companyId);
  const late = open.filter((one) => madeAt(one.id) < realNow - SEALED_WITHIN_MS);
  for (const { id } of late.slice(0, MOST_FAULTS)) faults.push({ kind: 'unsealed', seq: null, entryId: id });
  return { sealed: seq, unsealed: open.length - late.length, heads: heads.length, faults };
}

function faultOf(link: Link, wanted: number, before: string): AuditFault | undefined {
  const { seq, entry_id: entryId, canonical } = link;
  if (seq !== wanted) return { kind: 'seal-gone', seq: wanted, entryId };
  if (canonical === null) return { kind: 'entry-gone', seq, entryId };
  return chainHash(before, canonical) === link.hash ? undefined : { kind: 'altered', seq, entryId };
}

async function readLinks(db: Db, companyId: string, after: number): Promise<readonly Link[]> {
  return await db.rows<Link>(sql`
    select s.seq, s.hash, s.entry_id, case when e.id is null then null else ${CANONICAL} end as canonical
    from audit_seals s left join audit_entries e on e.company_id = s.company_id and e.id = s.entry_id
    where s.company_id = ${companyId} and s.seq > ${after} order by s.seq limit ${PAGE}`);
}

async function readUnsealed(db: Db, companyId: string): Promise<readonly { readonly id: string }[]> {
  return await db.rows(sql`
    select e.id from audit_entries e
    where e.company_id = ${companyId} and not exists (select 1 from audit_seals s
      where s.company_id = e.company_id and s.entry_id = e.id) order by e.id limit ${PAGE}`);
}

/** The wall clock in the id: an entry's own `at` may be business time, which a demo runs faster. */
function madeAt(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
}
