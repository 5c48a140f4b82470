import type { ProcessDefinition } from './domain/definition.ts';
import type { DoorTable } from './domain/door-table.ts';
import type { FiveOnesTable } from './domain/five-ones-table.ts';
import type { PauseTable } from './domain/pause-table.ts';
import { checkDoors } from './check-doors.ts';
import { checkPauses } from './check-pauses.ts';
import { checkProcess } from './check-process.ts';
import type { KnownNames } from './known-names.ts';
import { doorsSchema } from './doors-schema.ts';
import { readFaultCards, withCards } from './fault-cards.ts';
import { withBands } from './with-bands.ts';
import {
  type HandbookDocument,
  type HandbookFault,
  type HandbookFile,
  readDocument,
} from './handbook-document.ts';
import {
  businessesSchema,
  fiveOnesSchema,
  type Handbook,
  lexiconSchema,
  type Limit,
  limitsSchema,
  pausesSchema,
  postsSchema,
  processSchema,
  protectedPeriodsSchema,
  quickItemsSchema,
  unitsSchema,
} from './handbook-schema.ts';

/** Files beside the processes, with their shapes; also what the editor schemas are made from. */
export const handbookSchemas = {
  process: processSchema,
  limits: limitsSchema,
  posts: postsSchema,
  units: unitsSchema,
  businesses: businessesSchema,
  'quick-items': quickItemsSchema,
  lexicon: lexiconSchema,
  pauses: pausesSchema,
  'five-ones': fiveOnesSchema,
  doors: doorsSchema,
  'protected-periods': protectedPeriodsSchema,
} as const;

export type HandbookCheck = {
  readonly faults: readonly HandbookFault[];
  /** Present when there is no fault. */
  readonly handbook?: Handbook;
};

/**
 * Reads and checks a whole handbook. `files`: paths relative to the handbook folder; everything under
 * `businesses/` is a process. All faults are found in one go, in file and line order.
 */
export function checkHandbook(files: readonly HandbookFile[]): HandbookCheck {
  const faults: HandbookFault[] = [];
  function read<T>(path: string, schema: object): HandbookDocument<T> | undefined {
    const file = files.find((one) => one.path === path);
    if (file === undefined) {
      faults.push({ file: path, line: 1, column: 1, code: 'file-missing', message: `缺少文件 ${path}` });
      return undefined;
    }
    return keep(readDocument<T>(file, schema), faults);
  }
  const limits = read<{ limits: Limit[] }>('limits.yaml', limitsSchema);
  const posts = read<Pick<Handbook, 'posts'>>('posts.yaml', postsSchema);
  const units = read<Pick<Handbook, 'units'>>('units.yaml', unitsSchema);
  const businesses = read<Pick<Handbook, 'businesses' | 'caseTypes'>>('businesses.yaml', businessesSchema);
  const quick = read<Pick<Handbook, 'quickItems'>>('quick-items.yaml', quickItemsSchema);
  const lexicon = read<{ rules: Handbook['lexicon'] }>('lexicon.yaml', lexiconSchema);
  const pauses = read<PauseTable>('pauses.yaml', pausesSchema);
  const ones = read<FiveOnesTable>('five-ones.yaml', fiveOnesSchema);
  const doors = read<DoorTable>('doors.yaml', doorsSchema);
  // A company without protected days needs no such file.
  const periods = files.some((one) => one.path === 'protected-periods.yaml')
    ? read<{ periods: NonNullable<Handbook['protectedPeriods']> }>(
        'protected-periods.yaml',
        protectedPeriodsSchema,
      )
    : undefined;
  const processes = files
    .filter((file) => file.path.startsWith('businesses/'))
    .flatMap((file) => keep(readDocument<ProcessDefinition>(file, processSchema), faults) ?? []);

  const faultCards = readFaultCards(files);
  faults.push(...faultCards.faults);

  if (!limits || !posts || !units || !businesses || !quick || !lexicon || !pauses || !ones || !doors)
    return { faults: sorted(faults) };

  const known: KnownNames = {
    limits: new Map(limits.value.limits.map((limit) => [limit.id, limit])),
    posts: idsOf(posts.value.posts),
    units: idsOf(units.value.units),
    businesses: idsOf(businesses.value.businesses),
    caseTypes: idsOf(businesses.value.caseTypes),
  };
  faults.push(
    ...duplicates(limits, 'limits', limits.value.limits),
    ...duplicates(posts, 'posts', posts.value.posts),
    ...duplicates(units, 'units', units.value.units),
    ...duplicates(businesses, 'businesses', businesses.value.businesses),
    ...duplicates(quick, 'quickItems', quick.value.quickItems),
    ...unknownLed(posts, known),
    ...looseLimits(limits),
    ...processes.flatMap((document) => checkProcess(document, known)),
    ...duplicateProcesses(processes),
    ...duplicates(pauses, 'reasons', pauses.value.reasons),
    ...duplicates(ones, 'reasons', ones.value.reasons),
    ...checkPauses(pauses, processes, known),
    ...checkDoors(doors, processes),
    ...(periods === undefined ? [] : checkPeriods(periods)),
    ...unknownInLists(quick, lexicon, processes, known),
  );
  if (faults.length > 0) return { faults: sorted(faults) };

  const { posts: postList } = posts.value;
  return {
    faults: [],
    handbook: {
      processes: processes
        .map((one) => withBands(withCards(one.value, faultCards.cards), known.limits))
        .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      limits: limits.value.limits,
      posts: postList,
      units: units.value.units,
      businesses: businesses.value.businesses,
      caseTypes: businesses.value.caseTypes,
      quickItems: quick.value.quickItems,
      lexicon: lexicon.value.rules,
      pauses: pauses.value,
      fiveOnes: ones.value,
      doors: doors.value,
      faultCards: faultCards.cards,
      protectedPeriods: periods?.value.periods ?? [],
    },
  };
}

function keep<T>(read: ReturnType<typeof readDocument<T>>, faults: HandbookFault[]) {
  faults.push(...read.faults);
  return read.document;
}

function duplicates<T>(
  document: HandbookDocument<T>,
  list: string,
  rows: readonly { readonly id: string }[],
): HandbookFault[] {
  return rows.flatMap((row, index) =>
    rows.findIndex((other) => other.id === row.id) < index
      ? [document.fault([list, index, 'id'], 'duplicate-id', `编号 ${row.id} 重复`)]
      : [],
  );
}

function checkPeriods(
  document: HandbookDocument<{ periods: NonNullable<Handbook['protectedPeriods']> }>,
): HandbookFault[] {
  const { periods } = document.value;
  return [
    ...duplicates(document, 'periods', periods),
    ...periods.flatMap(({ id, from, to }, index) =>
      from <= to
        ? []
        : [document.fault(['periods', index, 'to'], 'bad-period', `保护期 ${id} 的结束早于开始`)],
    ),
  ];
}

/** A lead time is the other way round: the law asks for at least that much. */
function looseLimits(limits: HandbookDocument<{ limits: Limit[] }>): HandbookFault[] {
  return limits.value.limits.flatMap((limit, index) => {
    if (limit.floor === undefined) return [];
    const loose = limit.lead === true ? limit.value < limit.floor : limit.value > limit.floor;
    if (!loose) return [];
    const message = `${limit.id} ${limit.name.zh} 为 ${limit.value} ${limit.unit}，比法规底线 ${limit.floor} ${limit.unit} 宽`;
    return [limits.fault(['limits', index, 'value'], 'looser-than-law', message)];
  });
}

function duplicateProcesses(documents: readonly HandbookDocument<ProcessDefinition>[]): HandbookFault[] {
  return documents.flatMap((document, index) => {
    const first = documents.find((other) => other.value.id === document.value.id);
    return first === undefined || documents.indexOf(first) === index
      ? []
      : [document.fault(['id'], 'duplicate-id', `流程编号 ${document.value.id} 与 ${first.file} 重复`)];
  });
}

function unknownLed(posts: HandbookDocument<Pick<Handbook, 'posts'>>, known: KnownNames): HandbookFault[] {
  return posts.value.posts.flatMap(({ leads = [] }, index) =>
    leads.flatMap((led, at) =>
      known.posts.has(led)
        ? []
        : [posts.fault(['posts', index, 'leads', at], 'unknown-post', `没有岗位 ${led}`)],
    ),
  );
}

function unknownInLists(
  quick: HandbookDocument<Pick<Handbook, 'quickItems'>>,
  lexicon: HandbookDocument<{ rules: Handbook['lexicon'] }>,
  processes: readonly HandbookDocument<ProcessDefinition>[],
  known: KnownNames,
): HandbookFault[] {
  const processIds = new Set(processes.map((document) => document.value.id));
  const inQuick = quick.value.quickItems.flatMap((item, index) => [
    ...(known.businesses.has(item.business)
      ? []
      : [quick.fault(['quickItems', index, 'business'], 'unknown-business', `没有业务 ${item.business}`)]),
    ...(known.caseTypes.has(item.caseType)
      ? []
      : [
          quick.fault(
            ['quickItems', index, 'caseType'],
            'unknown-case-type',
            `没有诉求类型 ${item.caseType}`,
          ),
        ]),
  ]);
  const inLexicon = lexicon.value.rules.flatMap((rule, index) =>
    processIds.has(rule.process)
      ? []
      : [lexicon.fault(['rules', index, 'process'], 'unknown-process', `没有流程 ${rule.process}`)],
  );
  return [...inQuick, ...inLexicon];
}

function idsOf(rows: readonly { readonly id: string }[]): ReadonlySet<string> {
  return new Set(rows.map((row) => row.id));
}

function sorted(faults: readonly HandbookFault[]): readonly HandbookFault[] {
  return faults.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column);
}
