/**
 * A process as data. The YAML files of the handbook have exactly this shape; the JSON Schema in
 * `handbook-schema.ts` is proven at compile time to describe the same.
 */
export type LocalText = { readonly zh: string; readonly en: string };

export type FactValue = string | number | boolean;
export type Facts = Readonly<Record<string, FactValue>>;

/** `when` of a step, a clock or a paper: evaluated on the facts of the order, and for case steps of the case too. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly fact: string; readonly is: FactValue }
  | { readonly fact: string; readonly in: readonly FactValue[] }
  | { readonly fact: string; readonly atLeast: number };

/** Whose time a step costs. Only `company` time counts where a limit says "own stages" (domain-rules §4.2). */
type TimeOwner = 'company' | 'customer' | 'dispatch' | 'upper' | 'outside';

/**
 * Which unit works on a step: the unit that took the case in, the station of the household, the unit that
 * leads the order, or a named one. `accusedExcluded` keeps the unit complained about away (design rule 2);
 * then `otherwise` works on it.
 */
type UnitRule = {
  readonly rule: 'intake' | 'station' | 'lead' | 'fixed';
  readonly unit?: string;
  readonly accusedExcluded?: boolean;
  readonly otherwise?: string;
};

type FieldType = 'text' | 'enum' | 'number' | 'instant' | 'boolean';

/** Something a step writes down. Everything but text becomes a fact; of text the state knows only that it was given. */
export type StepField = {
  readonly id: string;
  readonly name: LocalText;
  readonly type: FieldType;
  readonly required?: boolean;
  readonly unit?: string;
  readonly options?: readonly { readonly id: string; readonly name: LocalText }[];
  /** The options are the typical faults of this voltage (`handbook/faults/`). */
  readonly cards?: 'low' | 'medium';
  /** A field of an earlier step that must have the same value: as many earths are removed as were placed. */
  readonly equals?: string;
  /** Another field of the step that must not say the same: who watches is not who is in charge. */
  readonly differs?: string;
  /** An instant of this or an earlier step that comes first. */
  readonly notBefore?: string;
  /** A measured number: the limits of the handbook it lies between, and the text beside it that says why where it does not. */
  readonly range?: { readonly least: string; readonly most: string; readonly why: string };
  /** What the limits of `range` say, filled in when the handbook is read (`with-bands.ts`). */
  readonly band?: Band;
};

export type Band = { readonly least: number; readonly most: number; readonly source: string };

/** What shows that an item was done; what is measured is a field. */
type EvidenceKind = 'tick' | 'photo' | 'signature' | 'file';

type CheckItem = {
  readonly id: string;
  readonly text: string;
  readonly evidence: EvidenceKind;
  readonly required?: boolean;
};

export type Paper = {
  readonly id: string;
  readonly name: LocalText;
  /** The step that cannot be finished without it: 'intake', or a step id (容缺: it may follow until then). */
  readonly until: string;
  readonly when?: Condition;
};

/** A named moment that a step brings about. `at` names an instant field; without it the step's own time counts. */
type Milestone = { readonly name: string; readonly at?: string };

export type CustomerField =
  | 'name'
  | 'phone'
  | 'address'
  | 'account'
  | 'meter'
  | 'idNumber'
  | 'words'
  | 'files';

export type StepDefinition = {
  readonly id: string;
  /** `order`: done once for all linked cases. `case`: done once for each linked case. */
  readonly on: 'order' | 'case';
  readonly name: LocalText;
  readonly what: string;
  readonly how: string;
  /** A limit id (R021) or words. */
  readonly byWhen: string;
  readonly post: string;
  readonly unit: UnitRule;
  readonly ownerOfTime: TimeOwner;
  readonly kind: 'work' | 'acceptance' | 'appointment' | 'automatic';
  readonly after: readonly string[];
  readonly when?: Condition;
  /** Steps to which this one may send the work back; the first is where a failed acceptance goes by itself. */
  readonly returnsTo?: readonly string[];
  readonly checklist?: readonly CheckItem[];
  readonly complaintProne?: { readonly risk: string; readonly control: string };
  readonly sees?: readonly CustomerField[];
  readonly fields?: readonly StepField[];
  readonly milestones?: readonly Milestone[];
  /** The kind of reply that must pass the gate before the step can be finished (domain-rules §3.6). */
  readonly replyGate?: ReplyKind;
  readonly opensCommitments?: boolean;
  /** Judged at the complaint desk, with its reasons and its rules about who may: no plain report finishes the step. */
  readonly judgement?: Judgement;
  /** Whoever did one of these steps may not do this one: nobody permits what he asks for himself. */
  readonly notBy?: readonly string[];
  /** Its result is told to the customer: the step appears in 今日可告知. */
  readonly informsCustomer?: boolean;
  /** The customer is rung: each try is recorded, by R109; the field `callBackResult` says what came of it (§3.7). */
  readonly callsCustomer?: boolean;
};

/** Grade of a complaint; whether it is true and who is liable; what becomes of an appeal. */
export type Judgement = 'grade' | 'verdict' | 'appeal';

export type ReplyKind =
  | 'general'
  | 'repair'
  | 'complaint'
  | 'voltage'
  | 'fee'
  | 'frequent-outage'
  | 'attitude'
  | 'connection'
  | 'notice';

export type ClockRole = 'company' | 'promise' | 'law' | 'reference';

/** A promise about the process: which limit, from which moment to which. Moments are listed in `momentsOf`. */
export type ProcessClock = {
  readonly id: string;
  readonly limit: string;
  readonly role: ClockRole;
  readonly on: 'case' | 'order';
  readonly start: string;
  readonly stop: string;
  /** An instant that a step writes down: what was arranged is the deadline, and not so much time after the start. */
  readonly until?: string;
  readonly when?: Condition;
};

export type ProcessDefinition = {
  readonly id: string;
  readonly business: string;
  readonly caseTypes: readonly string[];
  readonly name: LocalText;
  readonly summary: string;
  readonly steps: readonly StepDefinition[];
  readonly clocks: readonly ProcessClock[];
  readonly papers?: readonly Paper[];
  /**
   * The closed list: units that alone may read a case of this process, whatever else gives access (design rule 2). The first
   * does the work; where it is complained about itself, the next.
   */
  readonly closedTo?: readonly string[];
  /** The step that begins again when a customer says "not solved" after the end. */
  readonly reopensTo: string;
};

/** One round of one step; `caseId` is null for steps of the order. */
export type StepRef = { readonly step: string; readonly caseId: string | null; readonly round: number };

export function stepOf(definition: ProcessDefinition, id: string): StepDefinition | undefined {
  return definition.steps.find((step) => step.id === id);
}

/** Every moment name that the process can bring about, for clocks and for `handbook check`. */
export function momentsOf(definition: ProcessDefinition): ReadonlySet<string> {
  const names = new Set([
    'case.accepted',
    'case.reopened',
    'order.received',
    'order.started',
    'process.finished',
  ]);
  for (const step of definition.steps) {
    names.add(`step.${step.id}.ready`).add(`step.${step.id}.done`).add(`step.${step.id}.skipped`);
    for (const milestone of step.milestones ?? []) names.add(milestone.name);
  }
  return names;
}
