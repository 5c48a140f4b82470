import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { ProcessDefinition } from './domain/definition.ts';
import { noDoors } from './domain/door-table.ts';
import type { Handbook } from './handbook-schema.ts';

export type HandbookVersion = {
  readonly versionId: string;
  readonly hash: string;
  readonly handbook: Handbook;
  /** Undefined: this version has no such process. */
  readonly process: (id: string) => ProcessDefinition | undefined;
};

/**
 * Versions read from the database, each parsed once in this program: a version never changes, so its hash is
 * a safe key. Make one library when the program starts and hand it to whoever needs the handbook.
 */
export function handbookLibrary() {
  const parsed = new Map<string, Omit<HandbookVersion, 'versionId'>>();
  /** A version that was published never changes, nor does its id. */
  const published = new Map<string, HandbookVersion>();

  async function load(
    db: Db,
    companyId: string,
    row: { id: string; hash: string },
  ): Promise<HandbookVersion> {
    let book = parsed.get(row.hash);
    if (book === undefined) {
      const { content } = await db.one<{ content: string }>(sql`
        select handbook_versions.content from handbook_versions
        where handbook_versions.company_id = ${companyId} and handbook_versions.id = ${row.id}`);
      book = openBook(row.hash, content);
      parsed.set(row.hash, book);
    }
    return { versionId: row.id, ...book };
  }

  return {
    /** The version in force now; undefined before anything was published. */
    async active(db: Db, companyId: string): Promise<HandbookVersion | undefined> {
      const row = await db.maybe<{ id: string; hash: string }>(sql`
        select handbook_versions.id, handbook_versions.hash
        from companies
        join handbook_versions on handbook_versions.company_id = companies.company_id
          and handbook_versions.id = companies.handbook_version_id
        where companies.company_id = ${companyId}`);
      return row === undefined ? undefined : load(db, companyId, row);
    },

    /** The version that an order began with. */
    async version(db: Db, companyId: string, versionId: string): Promise<HandbookVersion> {
      const key = `${companyId} ${versionId}`;
      const known = published.get(key);
      if (known !== undefined) return known;
      const row = await db.one<{ id: string; hash: string }>(sql`
        select handbook_versions.id, handbook_versions.hash from handbook_versions
        where handbook_versions.company_id = ${companyId} and handbook_versions.id = ${versionId}`);
      const version = await load(db, companyId, row);
      published.set(key, version);
      return version;
    },
  };
}

function openBook(hash: string, content: string): Omit<HandbookVersion, 'versionId'> {
  // A version from before there was a table of pauses, of the five ones, of doors or of cards: it pauses nothing, and so on.
  const handbook: Handbook = {
    pauses: { never: [], reasons: [] },
    fiveOnes: { reasons: [] },
    doors: noDoors,
    faultCards: [],
    ...(JSON.parse(content) as Omit<Handbook, 'pauses' | 'fiveOnes' | 'doors' | 'faultCards'>),
  };
  const byId = new Map(handbook.processes.map((definition) => [definition.id, definition]));
  return { hash, handbook, process: (id) => byId.get(id) };
}
