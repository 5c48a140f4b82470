import type { Instant } from '#kernel/instant.ts';

export type AffectedKind =
  | 'important'
  | 'key'
  | 'medical'
  | 'hospital'
  | 'traffic'
  | 'continuous'
  | 'sensitive';

/** A household of a plan, as far as it is told. */
export type Affected = {
  readonly householdId: string;
  readonly divisionCode: string;
  readonly kinds: readonly AffectedKind[];
  readonly keepsSupply: boolean;
  readonly reachable: boolean;
};

export type TellingTarget = 'public' | 'village' | 'household' | 'important' | 'traffic';
export type TellingCause = 'notice' | 'change' | 'reminder' | 'cancelled' | 'late';

export type Telling = {
  readonly target: TellingTarget;
  readonly householdId: string | null;
  readonly divisionCode: string | null;
  readonly way: 'post' | 'sms' | 'print' | 'letter' | 'phone';
  readonly limitId: string | null;
  readonly dueAt: Instant | null;
  readonly toldAt: Instant | null;
};

type Deadline = { readonly limitId: string; readonly at: Instant };

export type Announcement = {
  /** R060 or R061. */
  readonly notice: Deadline;
  /** R066 where a local rule is followed; null: it is not. */
  readonly traffic: Deadline | null;
};

/** Those who are asked before it is decided, and told apart: a posted notice is not enough. */
export const TOLD_APART: readonly AffectedKind[] = ['important', 'key', 'medical', 'hospital', 'continuous'];

function isToldApart(kinds: readonly AffectedKind[]): boolean {
  return kinds.some((kind) => TOLD_APART.includes(kind));
}

/**
 * Who is told that there will be an outage, how, and by when at the latest (§8, R060, R061, R066). What is posted and what goes out as a
 * message is told now; lists of villages, letters and telephone calls are told when somebody says so.
 */
export function announce(
  households: readonly Affected[],
  { notice, traffic }: Announcement,
  now: Instant,
): readonly Telling[] {
  const limited = { limitId: notice.limitId, dueAt: notice.at };
  const villages = new Set(
    households.filter(({ keepsSupply }) => !keepsSupply).map(({ divisionCode }) => divisionCode),
  );
  return [
    { target: 'public', householdId: null, divisionCode: null, way: 'post', ...limited, toldAt: now },
    ...[...villages].toSorted().map(
      (divisionCode): Telling => ({
        target: 'village',
        householdId: null,
        divisionCode,
        way: 'print',
        ...limited,
        toldAt: null,
      }),
    ),
    ...households.flatMap((one) => householdTellings(one, limited, now)),
    ...(traffic === null
      ? []
      : households
          .filter(({ kinds }) => kinds.includes('traffic'))
          .map(
            ({ householdId }): Telling => ({
              target: 'traffic',
              householdId,
              divisionCode: null,
              way: 'letter',
              limitId: traffic.limitId,
              dueAt: traffic.at,
              toldAt: null,
            }),
          )),
  ];
}

function householdTellings(
  one: Affected,
  limited: Pick<Telling, 'limitId' | 'dueAt'>,
  now: Instant,
): readonly Telling[] {
  const to = { householdId: one.householdId, divisionCode: null };
  const way = one.reachable ? 'sms' : 'phone';
  const toldAt = one.reachable ? now : null;
  if (isToldApart(one.kinds)) return [{ target: 'important', ...to, way, ...limited, toldAt }];
  if (one.keepsSupply || !one.reachable) return [];
  return [{ target: 'household', ...to, way, limitId: null, dueAt: null, toldAt }];
}

/** Whom the grid brought in after the notice: everybody apart and with the limit of the notice, so that nobody is cut off untold. */
export function announceAdded(
  added: readonly Affected[],
  announcement: Announcement,
  now: Instant,
): readonly Telling[] {
  const { limitId, at } = announcement.notice;
  return announce(added, announcement, now)
    .filter(({ target }) => target !== 'public')
    .map((one) => (one.target === 'household' ? { ...one, limitId, dueAt: at } : one));
}

/** The same people once more: a reminder, a cancellation, a later end. Only what can go out at once; nobody prints lists for it. */
export function tellAgain(households: readonly Affected[], now: Instant): readonly Telling[] {
  return households
    .filter(({ keepsSupply, kinds }) => !keepsSupply || isToldApart(kinds))
    .flatMap((one): readonly Telling[] => {
      const apart = isToldApart(one.kinds);
      if (!one.reachable && !apart) return [];
      return [
        {
          target: apart ? 'important' : 'household',
          householdId: one.householdId,
          divisionCode: null,
          way: one.reachable ? 'sms' : 'phone',
          limitId: null,
          dueAt: null,
          toldAt: one.reachable ? now : null,
        },
      ];
    });
}
