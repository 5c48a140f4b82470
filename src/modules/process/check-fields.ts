import type { KnownNames } from './known-names.ts';
import type { ProcessDefinition, StepField } from './domain/definition.ts';
import { descendantsOf, orderSteps } from './domain/step-graph.ts';
import type { HandbookDocument, HandbookFault } from './handbook-document.ts';

type Document = HandbookDocument<ProcessDefinition>;

/** What can be wrong with the fields of the steps of one process. */
export function checkFields(document: Document, known: KnownNames): readonly HandbookFault[] {
  return [...checkOthers(document), ...checkRanges(document, known)];
}

/** What a field or a step refers to exists and can be known by then: beside it, or of a step before. */
function checkOthers(document: Document): HandbookFault[] {
  const { steps } = document.value;
  const { cycle } = orderSteps(steps);
  if (cycle.length > 0) return [];
  const below = descendantsOf(document.value);
  return steps.flatMap((step, index) => {
    const before = steps.filter((other) => below.get(other.id)?.has(step.id) === true);
    const earlier = before.flatMap((other) => other.fields ?? []);
    const beside = step.fields ?? [];
    const people = (step.notBy ?? []).flatMap((id, place) =>
      before.some((other) => other.id === id)
        ? []
        : [
            document.fault(
              ['steps', index, 'notBy', place],
              'unknown-step',
              `步骤 ${step.id} 之前没有步骤 ${id}`,
            ),
          ],
    );
    const fields = beside.flatMap((field, place) => {
      const lacks = (key: 'equals' | 'differs' | 'notBefore', known: readonly StepField[]) => {
        const other = field[key];
        const found = other === undefined || known.some((one) => one.id === other && one.type === field.type);
        const message = `步骤 ${step.id} 的 ${field.id}：${key} 所指的 ${other} 不是此前或本步骤的同类项`;
        return found
          ? []
          : [document.fault(['steps', index, 'fields', place, key], 'unknown-field', message)];
      };
      return [
        ...lacks('equals', earlier),
        ...lacks('differs', beside),
        ...lacks('notBefore', [...earlier, ...beside]),
      ];
    });
    return [...people, ...fields];
  });
}

/** A measured number lies between two limits of the same unit, and the field that explains it is a text beside it. */
function checkRanges(document: Document, known: KnownNames): HandbookFault[] {
  return document.value.steps.flatMap((step, index) =>
    (step.fields ?? []).flatMap(({ id, type, range }, place) => {
      if (range === undefined) return [];
      const [least, most] = [known.limits.get(range.least), known.limits.get(range.most)];
      const why = step.fields?.find((one) => one.id === range.why);
      const right =
        type === 'number' &&
        why?.type === 'text' &&
        why.required !== true &&
        least !== undefined &&
        most !== undefined &&
        least.unit === most.unit &&
        least.value < most.value;
      const message = `步骤 ${step.id} 的 ${id}：range 要有一低一高两个同单位的时限编号，why 是本步骤一个非必填的文字项`;
      return right ? [] : [document.fault(['steps', index, 'fields', place, 'range'], 'bad-range', message)];
    }),
  );
}
