import type { ProcessDefinition, StepField } from './domain/definition.ts';
import { CARD_PARTS, type CardPart, type FaultCard, OTHER_FAULT } from './domain/fault-card.ts';
import { type HandbookFault, type HandbookFile, readDocument } from './handbook-document.ts';
import { faultCardSchema } from './handbook-schema.ts';

const HEADINGS: Readonly<Record<CardPart, string>> = {
  signs: '现象',
  judge: '判断',
  safety: '安全措施',
  steps: '处置',
  accept: '验收',
  tell: '向客户说明',
};
const FENCE = '---';

/**
 * Reads `faults/<id>.md`: a head in YAML between two lines of `---`, then the six headings in their order, each with a
 * list. Every fault is returned with its line.
 */
export function readFaultCards(files: readonly HandbookFile[]): {
  readonly cards: readonly FaultCard[];
  readonly faults: readonly HandbookFault[];
} {
  const read = files.filter((file) => file.path.startsWith('faults/')).map(readCard);
  return {
    cards: read.flatMap(({ card }) => card ?? []).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    faults: read.flatMap(({ faults }) => faults),
  };
}

/** A field that asks for the typical fault is offered the cards of its voltage, and "other". */
export function withCards(definition: ProcessDefinition, cards: readonly FaultCard[]): ProcessDefinition {
  if (!definition.steps.some((step) => step.fields?.some((field) => field.cards !== undefined)))
    return definition;
  const offered = (field: StepField): StepField => {
    const voltage = field.cards;
    if (voltage === undefined) return field;
    const fitting = cards.filter((card) => card.voltage.includes(voltage));
    const other = { id: OTHER_FAULT, name: { zh: '其他', en: 'Other' } };
    return { ...field, options: [...fitting.map(({ id, name }) => ({ id, name })), other] };
  };
  return {
    ...definition,
    steps: definition.steps.map((step) =>
      step.fields === undefined ? step : { ...step, fields: step.fields.map(offered) },
    ),
  };
}

function readCard(file: HandbookFile): {
  readonly card?: FaultCard;
  readonly faults: readonly HandbookFault[];
} {
  const fault = (line: number, code: string, message: string): HandbookFault => ({
    file: file.path,
    line,
    column: 1,
    code,
    message,
  });
  const lines = file.text.split(/\r?\n/);
  const end = lines.indexOf(FENCE, 1);
  if (lines[0] !== FENCE || end === -1)
    return { faults: [fault(1, 'card-head', '处理卡要以两行 --- 之间的 YAML 开头')] };
  // The first fence becomes an empty line, so that a fault of the head has the line of the file.
  const head = ['', ...lines.slice(1, end)].join('\n');
  const { document, faults } = readDocument<Omit<FaultCard, 'parts'>>(
    { path: file.path, text: head },
    faultCardSchema,
  );
  const body = readParts(lines, end + 1, fault);
  if (document === undefined || body.faults.length > 0) return { faults: [...faults, ...body.faults] };
  if (file.path !== `faults/${document.value.id}.md`) {
    const message = `文件名应为 ${document.value.id}.md，与编号一致`;
    return { faults: [document.fault(['id'], 'card-name', message)] };
  }
  return { card: { ...document.value, parts: body.parts }, faults: [] };
}

function readParts(
  lines: readonly string[],
  from: number,
  fault: (line: number, code: string, message: string) => HandbookFault,
): { readonly parts: FaultCard['parts']; readonly faults: readonly HandbookFault[] } {
  const parts: Record<CardPart, string[]> = {
    signs: [],
    judge: [],
    safety: [],
    steps: [],
    accept: [],
    tell: [],
  };
  const faults: HandbookFault[] = [];
  let at = -1;
  for (const [index, line] of lines.entries()) {
    if (index < from || line.trim() === '') continue;
    const heading = /^## (.+)$/.exec(line)?.[1];
    const item = /^(?:- |\d+\. )(.+)$/.exec(line)?.[1];
    const part = CARD_PARTS[at];
    if (heading !== undefined) {
      at += 1;
      const due = CARD_PARTS[at];
      if (due === undefined || HEADINGS[due] !== heading.trim())
        faults.push(
          fault(
            index + 1,
            'card-heading',
            `这里应是“## ${due === undefined ? '（没有更多标题）' : HEADINGS[due]}”`,
          ),
        );
    } else if (item !== undefined && part !== undefined) parts[part].push(item.trim());
    else faults.push(fault(index + 1, 'card-line', '每一行以“- ”或“1. ”开头，写在标题下面'));
  }
  for (const part of CARD_PARTS) {
    if (parts[part].length === 0 && faults.length === 0)
      faults.push(fault(lines.length, 'card-part', `“${HEADINGS[part]}”下面没有内容`));
  }
  return { parts, faults };
}
