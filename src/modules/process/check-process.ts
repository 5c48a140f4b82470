import { factsOf } from './domain/condition.ts';
import { type ClockRole, momentsOf, type ProcessClock, type ProcessDefinition } from './domain/definition.ts';
import { checkFields } from './check-fields.ts';
import { descendantsOf, orderSteps } from './domain/step-graph.ts';
import type { HandbookDocument, HandbookFault } from './handbook-document.ts';
import type { KnownNames } from './known-names.ts';

/** Facts that intake and the side flows give to a process; every other one must be a field of a step. */
const intakeFacts: readonly string[] = [
  'area',
  'anonymous',
  'noCallBack',
  'appealed',
  'source',
  'important',
  'promiseSigned',
];

type Document = HandbookDocument<ProcessDefinition>;

/** Everything that can be wrong with one process of the right shape. */
export function checkProcess(document: Document, known: KnownNames): readonly HandbookFault[] {
  return [
    ...checkHead(document, known),
    ...checkClosedList(document, known),
    ...checkSteps(document, known),
    ...checkGraph(document),
    ...checkFacts(document),
    ...checkFields(document, known),
    ...checkPapers(document),
    ...checkClocks(document, known),
    ...checkTightness(document, known),
  ];
}

function checkHead(document: Document, known: KnownNames): HandbookFault[] {
  const { business, caseTypes, reopensTo, steps } = document.value;
  const faults: HandbookFault[] = [];
  if (!known.businesses.has(business)) {
    faults.push(document.fault(['business'], 'unknown-business', `没有业务 ${business}`));
  }
  caseTypes.forEach((type, index) => {
    if (known.caseTypes.has(type)) return;
    faults.push(document.fault(['caseTypes', index], 'unknown-case-type', `没有诉求类型 ${type}`));
  });
  if (!steps.some((step) => step.id === reopensTo)) {
    faults.push(document.fault(['reopensTo'], 'unknown-step', `重开时回到的步骤 ${reopensTo} 不存在`));
  }
  return faults;
}

/** On a closed list are units that exist, and every step is done by one of them: nobody else could see the case. */
function checkClosedList(document: Document, known: KnownNames): HandbookFault[] {
  const { closedTo, steps } = document.value;
  if (closedTo === undefined) return [];
  const unknown = closedTo.flatMap((unit, index) =>
    known.units.has(unit) ? [] : [document.fault(['closedTo', index], 'unknown-unit', `没有单位 ${unit}`)],
  );
  const outside = steps.flatMap(({ id, unit }, index) => {
    const closed = unit.rule === 'fixed' && unit.unit !== undefined && closedTo.includes(unit.unit);
    const message = `步骤 ${id}：流程有封闭名单（closedTo），步骤只能由名单上的单位办理`;
    return closed ? [] : [document.fault(['steps', index, 'unit'], 'outside-closed-list', message)];
  });
  return [...unknown, ...outside];
}

function checkSteps(document: Document, known: KnownNames): HandbookFault[] {
  const { steps } = document.value;
  return steps.flatMap((step, index) => {
    const at = (key: string, code: string, message: string) =>
      document.fault(['steps', index, key], code, `步骤 ${step.id}:${message}`);
    const faults: HandbookFault[] = [];
    if (steps.findIndex((other) => other.id === step.id) < index)
      faults.push(at('id', 'duplicate-id', '编号重复'));
    if (!known.posts.has(step.post)) faults.push(at('post', 'unknown-post', `没有岗位 ${step.post}`));
    if (/^R\d{3}/.test(step.byWhen) && !known.limits.has(step.byWhen)) {
      faults.push(at('byWhen', 'unknown-limit', `没有时限 ${step.byWhen}`));
    }
    const named = [step.unit.unit, step.unit.otherwise].filter((unit) => unit !== undefined);
    for (const unit of named) {
      if (!known.units.has(unit) && !/^station-\d\d$/.test(unit)) {
        faults.push(at('unit', 'unknown-unit', `没有单位 ${unit}`));
      }
    }
    if (step.unit.rule === 'fixed' && step.unit.unit === undefined) {
      faults.push(at('unit', 'unit-missing', '固定单位未写 unit'));
    }
    if (step.kind === 'acceptance' && (step.returnsTo ?? []).length === 0) {
      faults.push(at('kind', 'acceptance-without-return', '验收步骤要写不合格退回哪一步（returnsTo）'));
    }
    if (step.callsCustomer === true && !tellsOutcomes(step)) {
      faults.push(
        at('callsCustomer', 'call-outcomes', `要有必填项 callBackResult，含 ${OUTCOMES.join('、')}`),
      );
    }
    for (const milestone of step.milestones ?? []) {
      const field = (step.fields ?? []).find((one) => one.id === milestone.at);
      if (milestone.at !== undefined && field?.type !== 'instant') {
        faults.push(
          at(
            'milestones',
            'milestone-field',
            `节点 ${milestone.name} 的时间项 ${milestone.at} 不是本步骤的时刻`,
          ),
        );
      }
    }
    return faults;
  });
}

const OUTCOMES = ['reached', 'no-answer', 'declined', 'wrong-number', 'unreachable'];

/** What a call came to, as the program counts it (§3.7). */
function tellsOutcomes(step: ProcessDefinition['steps'][number]): boolean {
  const field = step.fields?.find((one) => one.id === 'callBackResult');
  return field?.required === true && OUTCOMES.every((id) => field.options?.some((one) => one.id === id));
}

/** Predecessors exist and make no circle; returns go upstream; order steps never wait for one customer. */
function checkGraph(document: Document): HandbookFault[] {
  const definition = document.value;
  const { steps } = definition;
  const { cycle } = orderSteps(steps);
  const inCircle = circleAmong(definition, cycle);
  const below = cycle.length === 0 ? descendantsOf(definition) : undefined;

  return steps.flatMap((step, index) => {
    const after = step.after.flatMap((id, place) => {
      const path = ['steps', index, 'after', place];
      const before = steps.find((other) => other.id === id);
      if (before === undefined)
        return [document.fault(path, 'unknown-step', `步骤 ${step.id} 所等的步骤 ${id} 不存在`)];
      if (step.on === 'order' && before.on === 'case') {
        return [document.fault(path, 'order-after-case', `工单步骤 ${step.id} 不能等待逐户步骤 ${id}`)];
      }
      return [];
    });
    const returns = (step.returnsTo ?? []).flatMap((id, place) => {
      const path = ['steps', index, 'returnsTo', place];
      if (!steps.some((other) => other.id === id)) {
        return [document.fault(path, 'unknown-step', `步骤 ${step.id} 要退回的步骤 ${id} 不存在`)];
      }
      const upstream = below === undefined || below.get(id)?.has(step.id) === true;
      return upstream
        ? []
        : [document.fault(path, 'return-not-upstream', `步骤 ${step.id} 退回的 ${id} 不在它之前`)];
    });
    const own = ['steps', index, 'id'];
    if (inCircle.has(step.id)) {
      const message = `步骤 ${step.id} 与前序互相等待；要返工请用 returnsTo`;
      return [...after, ...returns, document.fault(own, 'cycle', message)];
    }
    const stuck = cycle.includes(step.id) && after.length === 0;
    if (!stuck) return [...after, ...returns];
    return [...after, ...returns, document.fault(own, 'unreachable-step', `步骤 ${step.id} 永远等不到开始`)];
  });
}

function circleAmong(definition: ProcessDefinition, waiting: readonly string[]): ReadonlySet<string> {
  const reaches = (from: string, target: string, seen: Set<string>): boolean =>
    (definition.steps.find((step) => step.id === from)?.after ?? []).some(
      (id) => id === target || (!seen.has(id) && reaches(id, target, seen.add(id))),
    );
  return new Set(waiting.filter((id) => reaches(id, id, new Set())));
}

function checkFacts(document: Document): HandbookFault[] {
  const { steps, clocks, papers } = document.value;
  const known = new Set([
    ...intakeFacts,
    ...steps.flatMap((step) => (step.fields ?? []).map((field) => field.id)),
    ...(papers ?? []).map((paper) => `paper.${paper.id}`),
  ]);
  const lists = [
    ['steps', steps],
    ['clocks', clocks],
    ['papers', papers ?? []],
  ] as const;
  return lists.flatMap(([list, rows]) =>
    rows.flatMap((row, index) =>
      factsOf(row.when)
        .filter((fact) => !known.has(fact))
        .map((fact) =>
          document.fault(
            [list, index, 'when'],
            'unknown-fact',
            `条件里的 ${fact} 没有步骤填写，也不是受理时已知`,
          ),
        ),
    ),
  );
}

function checkPapers(document: Document): HandbookFault[] {
  const { steps, papers } = document.value;
  return (papers ?? []).flatMap((paper, index) =>
    paper.until === 'intake' || steps.some((step) => step.id === paper.until)
      ? []
      : [
          document.fault(
            ['papers', index, 'until'],
            'unknown-step',
            `资料 ${paper.name.zh} 截止的步骤 ${paper.until} 不存在`,
          ),
        ],
  );
}

function checkClocks(document: Document, known: KnownNames): HandbookFault[] {
  const { clocks, steps } = document.value;
  const moments = momentsOf(document.value);
  const instants = new Set(
    steps.flatMap((step) =>
      (step.fields ?? []).filter((field) => field.type === 'instant').map((field) => field.id),
    ),
  );
  return clocks.flatMap((clock, index) => {
    const faults: HandbookFault[] = [];
    const limit = known.limits.get(clock.limit);
    if (clocks.findIndex((other) => other.id === clock.id) < index) {
      faults.push(document.fault(['clocks', index, 'id'], 'duplicate-id', `时钟编号 ${clock.id} 重复`));
    }
    if (limit === undefined) {
      faults.push(document.fault(['clocks', index, 'limit'], 'unknown-limit', `没有时限 ${clock.limit}`));
    } else if (clock.role === 'law' && limit.floor === undefined && limit.profile !== 'CN-LAW') {
      faults.push(
        document.fault(
          ['clocks', index, 'role'],
          'no-law-floor',
          `${clock.limit} 没有法规底线，不能作法定时钟`,
        ),
      );
    } else if (limit.profile === 'REFERENCE' && clock.role !== 'reference') {
      const message = `${clock.limit} 是外单位做法，只能作参考，不能作承诺`;
      faults.push(document.fault(['clocks', index, 'role'], 'reference-as-promise', message));
    }
    for (const key of ['start', 'stop'] as const) {
      if (moments.has(clock[key])) continue;
      const message = `时钟 ${clock.id} 的 ${clock[key]} 不是任何步骤的节点`;
      faults.push(document.fault(['clocks', index, key], 'unknown-moment', message));
    }
    if (clock.until !== undefined && !instants.has(clock.until)) {
      const message = `时钟 ${clock.id} 的到期时间 ${clock.until} 不是步骤填写的时刻`;
      faults.push(document.fault(['clocks', index, 'until'], 'unknown-field', message));
    }
    return faults;
  });
}

/** Over the same stretch: company ≤ promise ≤ law. Working days compare only with working days. */
function checkTightness(document: Document, known: KnownNames): HandbookFault[] {
  const { clocks } = document.value;
  return clocks.flatMap((clock, index) =>
    clocks.flatMap((other) => {
      if (RANK[clock.role] >= RANK[other.role] || !sameStretch(clock, other)) return [];
      const [mine, theirs] = [amountOf(clock, known), amountOf(other, known)];
      if (mine === undefined || theirs === undefined || mine.kind !== theirs.kind) return [];
      if (mine.amount <= theirs.amount) return [];
      const code = other.role === 'law' ? 'looser-than-law' : 'looser-than-promise';
      const message = `时钟 ${clock.id}（${clock.limit}）比 ${other.id}（${other.limit}）还宽：内部不得宽于承诺，承诺不得宽于法规`;
      return [document.fault(['clocks', index, 'limit'], code, message)];
    }),
  );
}

const RANK: Readonly<Record<ClockRole, number>> = { company: 0, promise: 1, law: 2, reference: 3 };

function sameStretch(a: ProcessClock, b: ProcessClock): boolean {
  const sameWhen = JSON.stringify(a.when ?? null) === JSON.stringify(b.when ?? null);
  const sameEnd = a.stop === b.stop && a.until === b.until;
  return b.role !== 'reference' && a.on === b.on && a.start === b.start && sameEnd && sameWhen;
}

const MINUTES: Readonly<Record<string, number>> = { s: 1 / 60, min: 1, h: 60, cd: 1440 };

function amountOf(clock: ProcessClock, known: KnownNames): { kind: string; amount: number } | undefined {
  const limit = known.limits.get(clock.limit);
  if (limit === undefined) return undefined;
  const value = clock.role === 'law' ? (limit.floor ?? limit.value) : limit.value;
  const minutes = MINUTES[limit.unit];
  return minutes === undefined
    ? { kind: limit.unit, amount: value }
    : { kind: 'min', amount: value * minutes };
}
