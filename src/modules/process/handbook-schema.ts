import { type Static, Type } from 'typebox';
import type { Condition, ProcessDefinition } from './domain/definition.ts';
import type { DoorTable } from './domain/door-table.ts';
import type { FaultCard } from './domain/fault-card.ts';
import type { FiveOnesTable } from './domain/five-ones-table.ts';
import type { PauseTable } from './domain/pause-table.ts';
import type { LexiconRule } from './domain/suggest-types.ts';

// Shapes of the files under handbook/. `handbook/schema/*.json` is made from them for editors.

const closed = { additionalProperties: false } as const;
const id = Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9-]*$' });
const words = Type.String({ minLength: 1 });
const localText = Type.Object({ zh: words, en: words }, closed);
const fact = Type.Union([Type.String(), Type.Number(), Type.Boolean()]);
const condition = Type.Unsafe<Condition>({ $ref: '#/$defs/condition' });
const limitId = Type.String({ pattern: '^R[0-9]{3}(-[a-z0-9]+)*$' });

/** Conditions nest, hence a named part of each schema that uses them. */
const conditionPart = {
  condition: {
    anyOf: [
      Type.Object({ all: Type.Array(condition) }, closed),
      Type.Object({ any: Type.Array(condition) }, closed),
      Type.Object({ not: condition }, closed),
      Type.Object({ fact: words, is: fact }, closed),
      Type.Object({ fact: words, in: Type.Array(fact) }, closed),
      Type.Object({ fact: words, atLeast: Type.Number() }, closed),
    ],
  },
};

const stepSchema = Type.Object(
  {
    id,
    on: Type.Union([Type.Literal('order'), Type.Literal('case')]),
    name: localText,
    what: words,
    how: words,
    byWhen: words,
    post: id,
    unit: Type.Object(
      {
        rule: literals('intake', 'station', 'lead', 'fixed'),
        unit: Type.Optional(id),
        accusedExcluded: Type.Optional(Type.Boolean()),
        otherwise: Type.Optional(id),
      },
      closed,
    ),
    ownerOfTime: literals('company', 'customer', 'dispatch', 'upper', 'outside'),
    kind: literals('work', 'acceptance', 'appointment', 'automatic'),
    after: Type.Array(id),
    when: Type.Optional(condition),
    returnsTo: Type.Optional(Type.Array(id)),
    checklist: Type.Optional(
      Type.Array(
        Type.Object(
          {
            id,
            text: words,
            evidence: literals('tick', 'photo', 'signature', 'file'),
            required: Type.Optional(Type.Boolean()),
          },
          closed,
        ),
      ),
    ),
    complaintProne: Type.Optional(Type.Object({ risk: words, control: words }, closed)),
    sees: Type.Optional(
      Type.Array(literals('name', 'phone', 'address', 'account', 'meter', 'idNumber', 'words', 'files')),
    ),
    fields: Type.Optional(
      Type.Array(
        Type.Object(
          {
            id,
            name: localText,
            type: literals('text', 'enum', 'number', 'instant', 'boolean'),
            required: Type.Optional(Type.Boolean()),
            unit: Type.Optional(words),
            options: Type.Optional(Type.Array(Type.Object({ id, name: localText }, closed))),
            cards: Type.Optional(literals('low', 'medium')),
            equals: Type.Optional(id),
            differs: Type.Optional(id),
            notBefore: Type.Optional(id),
            range: Type.Optional(Type.Object({ least: limitId, most: limitId, why: id }, closed)),
          },
          closed,
        ),
      ),
    ),
    milestones: Type.Optional(Type.Array(Type.Object({ name: id, at: Type.Optional(id) }, closed))),
    replyGate: Type.Optional(
      literals(
        'general',
        'repair',
        'complaint',
        'voltage',
        'fee',
        'frequent-outage',
        'attitude',
        'connection',
        'notice',
      ),
    ),
    opensCommitments: Type.Optional(Type.Boolean()),
    judgement: Type.Optional(literals('grade', 'verdict', 'appeal')),
    notBy: Type.Optional(Type.Array(id, { minItems: 1 })),
    informsCustomer: Type.Optional(Type.Boolean()),
    callsCustomer: Type.Optional(Type.Boolean()),
  },
  closed,
);

export const processSchema = Type.Object(
  {
    id,
    business: id,
    caseTypes: Type.Array(id, { minItems: 1 }),
    name: localText,
    summary: words,
    steps: Type.Array(stepSchema, { minItems: 1 }),
    clocks: Type.Array(
      Type.Object(
        {
          id,
          limit: limitId,
          role: literals('company', 'promise', 'law', 'reference'),
          on: literals('case', 'order'),
          start: words,
          stop: words,
          until: Type.Optional(id),
          when: Type.Optional(condition),
        },
        closed,
      ),
    ),
    papers: Type.Optional(
      Type.Array(Type.Object({ id, name: localText, until: id, when: Type.Optional(condition) }, closed)),
    ),
    closedTo: Type.Optional(Type.Array(id, { minItems: 1 })),
    reopensTo: id,
  },
  { ...closed, $defs: conditionPart },
);

/** One number of the trade. `floor`: the law's value in the same unit, which no promise may exceed. */
const limitSchema = Type.Object(
  {
    id: limitId,
    name: localText,
    business: id,
    value: Type.Number(),
    unit: literals(
      ...(['min', 'h', 'cd', 'wd', 's', 'month', 'year', 'percent', 'count', 'volt'] as const),
      ...(['kWh', 'kVA', 'm', 'ratio', 'chars', 'points', 'rings', 'beta'] as const),
    ),
    start: Type.Optional(words),
    stop: Type.Optional(words),
    lead: Type.Optional(Type.Boolean()),
    profile: literals('SGCC-CURRENT', 'SGCC-2011', 'CN-LAW', 'LOCAL', 'COMPANY', 'REFERENCE'),
    source: words,
    confidence: literals('A', 'B', 'C', 'D'),
    from: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }),
    to: Type.Optional(Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })),
    floor: Type.Optional(Type.Number()),
  },
  closed,
);

const named = Type.Object({ id, name: localText }, closed);

export const limitsSchema = Type.Object({ limits: Type.Array(limitSchema) }, closed);
export const postsSchema = Type.Object(
  {
    posts: Type.Array(
      // `field`: works where the customer or the fault is; when it says something happened is believed with evidence.
      // `leads`: whose steps it reports too, being there with them.
      Type.Object(
        {
          id,
          name: localText,
          duty: words,
          field: Type.Optional(Type.Boolean()),
          leads: Type.Optional(Type.Array(id)),
        },
        closed,
      ),
    ),
  },
  closed,
);
export const unitsSchema = Type.Object({ units: Type.Array(named) }, closed);
export const businessesSchema = Type.Object(
  {
    businesses: Type.Array(
      Type.Object(
        { id, name: localText, origin: literals('named', 'implied', 'inferred'), why: words },
        closed,
      ),
    ),
    caseTypes: Type.Array(named),
  },
  closed,
);
export const quickItemsSchema = Type.Object(
  { quickItems: Type.Array(Type.Object({ id, name: localText, business: id, caseType: id }, closed)) },
  closed,
);
export const lexiconSchema = Type.Object(
  {
    rules: Type.Array(
      Type.Object(
        {
          caseType: id,
          business: id,
          process: id,
          words: Type.Array(words, { minItems: 1 }),
          unless: Type.Optional(Type.Array(words)),
          weight: Type.Number({ exclusiveMinimum: 0 }),
        },
        closed,
      ),
    ),
  },
  closed,
);

export const pausesSchema = Type.Object(
  {
    never: Type.Array(
      Type.Object(
        { process: id, roles: Type.Array(literals('company', 'promise', 'law', 'reference')), source: words },
        closed,
      ),
    ),
    reasons: Type.Array(
      Type.Object(
        {
          id,
          name: localText,
          businesses: Type.Array(id, { minItems: 1 }),
          roles: Type.Array(literals('company', 'promise'), { minItems: 1 }),
          approval: literals('none', 'before', 'afterwards'),
          until: literals('required', 'optional'),
          evidence: Type.Array(literals('recording', 'message', 'paper', 'photo', 'record'), { minItems: 1 }),
          source: words,
          confidence: literals('A', 'B', 'C', 'D'),
        },
        closed,
      ),
    ),
  },
  closed,
);

export const protectedPeriodsSchema = Type.Object(
  {
    periods: Type.Array(
      Type.Object(
        {
          id,
          name: localText,
          from: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }),
          to: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }),
          source: words,
          confidence: literals('A', 'B', 'C', 'D'),
        },
        closed,
      ),
    ),
  },
  closed,
);

export const fiveOnesSchema = Type.Object(
  {
    reasons: Type.Array(
      Type.Object(
        {
          id,
          name: localText,
          ones: Type.Array(literals('report', 'order', 'crew', 'arrival', 'fix'), { minItems: 1 }),
          excuse: Type.Optional(Type.Boolean()),
          back: Type.Optional(Type.Boolean()),
          source: words,
          confidence: literals('A', 'B', 'C', 'D'),
        },
        closed,
      ),
      { minItems: 1 },
    ),
  },
  closed,
);

/** The head of a card; the rest of its file is the text (fault-cards.ts). */
export const faultCardSchema = Type.Object(
  {
    id,
    name: localText,
    voltage: Type.Array(literals('low', 'medium'), { minItems: 1 }),
    minutes: Type.Number({ exclusiveMinimum: 0 }),
    ownership: literals('company', 'customer', 'either'),
    tools: Type.Array(words),
    materials: Type.Array(words),
    skills: Type.Optional(Type.Array(literals('cable', 'live-line', 'meter'))),
    words: Type.Array(words, { minItems: 1 }),
    source: words,
    confidence: literals('A', 'B', 'C', 'D'),
    version: Type.Integer({ minimum: 1 }),
    reviewedBy: Type.Optional(words),
  },
  closed,
);

export type Limit = Static<typeof limitSchema>;

/** What a handbook says, all files together: the content of one immutable version. */
export type Handbook = {
  readonly processes: readonly ProcessDefinition[];
  readonly limits: readonly Limit[];
  readonly posts: Static<typeof postsSchema>['posts'];
  readonly units: Static<typeof unitsSchema>['units'];
  readonly businesses: Static<typeof businessesSchema>['businesses'];
  readonly caseTypes: Static<typeof businessesSchema>['caseTypes'];
  readonly quickItems: Static<typeof quickItemsSchema>['quickItems'];
  readonly lexicon: readonly LexiconRule[];
  readonly pauses: PauseTable;
  readonly fiveOnes: FiveOnesTable;
  readonly doors: DoorTable;
  readonly faultCards: readonly FaultCard[];
  /** Days on which no outage is planned; absent in versions from before there were any. */
  readonly protectedPeriods?: Static<typeof protectedPeriodsSchema>['periods'];
};

function literals<const T extends readonly string[]>(...values: T) {
  return Type.Union(values.map((value) => Type.Literal(value))) as unknown as ReturnType<
    typeof Type.Unsafe<T[number]>
  >;
}
