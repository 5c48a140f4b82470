import type { WorkingDays } from '#modules/clock/index.ts';
import type { Names } from '#modules/org/index.ts';
import type { handbookLibrary } from '#modules/process/index.ts';
import type { Roads } from '#modules/repair/index.ts';
import type { Database } from '#platform/db/db.ts';
import type { Outside } from '#platform/outside.ts';
import type { Vault } from '#platform/vault.ts';

/** What the program was started with; every module takes of it what it needs (modules.ts). */
export type AppDeps = {
  readonly database: Database;
  readonly handbook: ReturnType<typeof handbookLibrary>;
  readonly days: WorkingDays;
  /** Business seconds a real second. */
  readonly clockScale: number;
  /** Served by TLS: cookies are secure and bound to the host. */
  readonly secure: boolean;
  readonly postName: (post: string) => Names;
  /** Gateways for messages; absent: the demo's, which only show what would go out. */
  readonly outside?: Outside;
  /** A routing server that knows the roads; absent: ways are estimated. */
  readonly roads?: Roads;
  /** Seals secrets in the database; absent: a key that dies with the program, as in tests. */
  readonly vault?: Vault;
  /** Where the heads of the audit chain are exported; absent: sealed only, as in tests. */
  readonly auditFolder?: string;
  /** Opens `/metrics` to other machines; absent: this one only. */
  readonly metricsKey?: string | null;
};
