import { DAY, type Instant } from '#kernel/instant.ts';

/** Numbers of R068–R070 and §8, from the handbook. */
export type RepeatLimits = {
  readonly year: number;
  readonly days60: number;
  readonly plannedYear: number;
  readonly planned60: number;
  readonly warnYear: number;
  readonly warn50: number;
  readonly warn30: number;
  readonly superviseYear: number;
  readonly superviseMonth: number;
};

/** Customers that always lose supply together, and when they did, or will by plans before this one. */
export type SupplyHistory = {
  readonly customers: number;
  readonly outages: readonly { readonly from: Instant; readonly planned: boolean }[];
};

type RepeatRule =
  | 'R068'
  | 'R068-60d'
  | 'R068-planned'
  | 'R068-planned-60d'
  | 'R069'
  | 'R069-50d'
  | 'R069-30d'
  | 'R070'
  | 'R070-month';

/** How many households reach a number with this plan. `over` may not be planned without a decision; the others are told. */
export type RepeatFinding = {
  readonly rule: RepeatRule;
  readonly level: 'over' | 'warn' | 'supervise';
  readonly limit: number;
  readonly households: number;
  /** The most that one household would come to. */
  readonly most: number;
};

/**
 * How often the households concerned would have been without supply, this plan counted, looked back from its start. §8: blocked are three
 * in 60 days, more than five in a year, more than one pre-arranged in two months or three in a year.
 */
export function repeatCheck(
  groups: readonly SupplyHistory[],
  from: Instant,
  limits: RepeatLimits,
): readonly RepeatFinding[] {
  const rules: readonly Rule[] = [
    { rule: 'R068', level: 'over', limit: limits.year, at: limits.year + 1, days: 365 },
    { rule: 'R068-60d', level: 'over', limit: limits.days60, at: limits.days60, days: 60 },
    {
      rule: 'R068-planned',
      level: 'over',
      limit: limits.plannedYear,
      at: limits.plannedYear + 1,
      days: 365,
      planned: true,
    },
    {
      rule: 'R068-planned-60d',
      level: 'over',
      limit: limits.planned60,
      at: limits.planned60 + 1,
      days: 60,
      planned: true,
    },
    { rule: 'R069', level: 'warn', limit: limits.warnYear, at: limits.warnYear, days: 365 },
    { rule: 'R069-50d', level: 'warn', limit: limits.warn50, at: limits.warn50, days: 50 },
    { rule: 'R069-30d', level: 'warn', limit: limits.warn30, at: limits.warn30, days: 30 },
    { rule: 'R070', level: 'supervise', limit: limits.superviseYear, at: limits.superviseYear, days: 365 },
    {
      rule: 'R070-month',
      level: 'supervise',
      limit: limits.superviseMonth,
      at: limits.superviseMonth,
      days: 30,
    },
  ];
  return rules.flatMap((rule) => findingOf(groups, from, rule) ?? []);
}

type Rule = {
  readonly rule: RepeatRule;
  readonly level: RepeatFinding['level'];
  readonly limit: number;
  /** From this count on, the plan itself included. */
  readonly at: number;
  readonly days: number;
  readonly planned?: true;
};

function findingOf(groups: readonly SupplyHistory[], from: Instant, rule: Rule): RepeatFinding | undefined {
  const since = from - rule.days * DAY;
  let households = 0;
  let most = 0;
  for (const { customers, outages } of groups) {
    const counted = outages.filter(
      (one) => one.from > since && one.from < from && (rule.planned !== true || one.planned),
    );
    const count = counted.length + 1;
    if (count < rule.at) continue;
    households += customers;
    most = Math.max(most, count);
  }
  return households === 0
    ? undefined
    : { rule: rule.rule, level: rule.level, limit: rule.limit, households, most };
}
