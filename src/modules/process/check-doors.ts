import type { ProcessDefinition } from './domain/definition.ts';
import type { DoorTable } from './domain/door-table.ts';
import { isReplyField } from './domain/check-reply.ts';
import type { HandbookDocument, HandbookFault } from './handbook-document.ts';

/** Faults of the table of doors: names that nothing has, words that an earlier line takes, a label with two meanings. */
export function checkDoors(
  table: HandbookDocument<DoorTable>,
  processes: readonly HandbookDocument<ProcessDefinition>[],
): HandbookFault[] {
  const known = new Map(processes.map((document) => [document.value.id, document.value]));
  type To = { readonly process: string; readonly caseType: string };
  function unknown(to: To, path: readonly (string | number)[]): HandbookFault[] {
    const process = known.get(to.process);
    if (process === undefined)
      return [table.fault([...path, 'process'], 'unknown-process', `没有流程 ${to.process}`)];
    return process.caseTypes.includes(to.caseType)
      ? []
      : [table.fault([...path, 'caseType'], 'unknown-case-type', `${to.process} 不收 ${to.caseType} 类诉求`)];
  }
  const { doors, page, sms } = table.value;
  return [
    ...(sms === undefined ? [] : unknown(sms, ['sms'])),
    ...page.flatMap((item, i) => unknown(item, ['page', i])),
    ...doors.flatMap((door, i) => [
      ...(doors.findIndex((other) => other.id === door.id) < i
        ? [table.fault(['doors', i, 'id'], 'duplicate-id', `渠道 ${door.id} 重复`)]
        : []),
      ...(door.otherwise === undefined ? [] : unknown(door.otherwise, ['doors', i, 'otherwise'])),
      ...door.types.flatMap((type, j) => [
        ...unknown(type, ['doors', i, 'types', j]),
        ...type.says.flatMap((said, k) => {
          const earlier = door.types.slice(0, j).some((one) => one.says.some((word) => said.includes(word)));
          return earlier
            ? [
                table.fault(
                  ['doors', i, 'types', j, 'says', k],
                  'never-reached',
                  `“${said}”已被前面的类型匹配`,
                ),
              ]
            : [];
        }),
      ]),
      ...door.reply.flatMap((field, j) =>
        isReplyField(field.as)
          ? []
          : [table.fault(['doors', i, 'reply', j, 'as'], 'unknown-field', `回单没有栏目 ${field.as}`)],
      ),
      ...twoMeanings(table, i),
    ]),
  ];
}

function twoMeanings(table: HandbookDocument<DoorTable>, i: number): HandbookFault[] {
  const labels = Object.entries(table.value.doors[i]?.labels ?? {});
  return labels.flatMap(([field, names], f) =>
    names.flatMap((name, k) =>
      labels.slice(0, f).some(([, earlier]) => earlier.includes(name))
        ? [table.fault(['doors', i, 'labels', field, k], 'two-meanings', `栏目名“${name}”写在两个栏目下`)]
        : [],
    ),
  );
}
