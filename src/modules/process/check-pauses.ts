import type { KnownNames } from './known-names.ts';
import type { ClockRole, ProcessDefinition } from './domain/definition.ts';
import type { PauseTable } from './domain/pause-table.ts';
import type { HandbookDocument, HandbookFault } from './handbook-document.ts';

/** Promise and law clocks of complaints never pause (domain-rules §13.0), whatever a company writes. */
const NEVER: readonly { readonly process: string; readonly role: ClockRole }[] = [
  { process: 'complaint', role: 'promise' },
  { process: 'complaint', role: 'law' },
];

/** Faults of the table of pauses: names that nothing has, and the complaint's clocks left open. */
export function checkPauses(
  pauses: HandbookDocument<PauseTable>,
  processes: readonly HandbookDocument<ProcessDefinition>[],
  known: Pick<KnownNames, 'businesses'>,
): HandbookFault[] {
  const ids = new Set(processes.map((document) => document.value.id));
  const { never, reasons } = pauses.value;
  return [
    ...never.flatMap(({ process }, i) =>
      ids.has(process)
        ? []
        : [pauses.fault(['never', i, 'process'], 'unknown-process', `没有流程 ${process}`)],
    ),
    ...NEVER.filter(({ process }) => ids.has(process)).flatMap(({ process, role }) =>
      never.some((one) => one.process === process && one.roles.includes(role))
        ? []
        : [
            pauses.fault(
              ['never'],
              'complaint-must-not-pause',
              `投诉的 ${role} 时限从不暂停，必须写在 never 里`,
            ),
          ],
    ),
    ...reasons.flatMap(({ businesses }, i) =>
      businesses.flatMap((business, j) =>
        known.businesses.has(business)
          ? []
          : [pauses.fault(['reasons', i, 'businesses', j], 'unknown-business', `没有业务 ${business}`)],
      ),
    ),
  ];
}
