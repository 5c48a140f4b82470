import { Type } from 'typebox';

// The shape of handbook/doors.yaml: orders that come from other systems, and the customers' own page.

const closed = { additionalProperties: false } as const;
const id = Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9-]*$' });
const words = Type.String({ minLength: 1 });
const localText = Type.Object({ zh: words, en: words }, closed);
const list = Type.Array(words);
const labels = Type.Array(words, { minItems: 1 });

const replyField = Type.Object(
  {
    id,
    name: localText,
    as: id,
    form: Type.Enum(['text', 'yes-no', 'instant']),
    required: Type.Boolean(),
  },
  closed,
);

export const doorsSchema = Type.Object(
  {
    doors: Type.Array(
      Type.Object(
        {
          id: Type.Enum(['95598', '12398', '12345']),
          name: localText,
          callBackTheirs: Type.Boolean(),
          oldestDays: Type.Integer({ minimum: 1 }),
          source: words,
          confidence: Type.Enum(['A', 'B', 'C', 'D']),
          labels: Type.Object(
            {
              number: labels,
              startedAt: labels,
              kind: labels,
              contactName: labels,
              contactPhone: labels,
              accountNo: labels,
              place: labels,
              words: labels,
              urgency: labels,
              area: labels,
            },
            closed,
          ),
          types: Type.Array(Type.Object({ says: labels, process: id, caseType: id }, closed)),
          otherwise: Type.Optional(Type.Object({ process: id, caseType: id }, closed)),
          reply: Type.Array(replyField, { minItems: 1 }),
        },
        closed,
      ),
    ),
    areas: Type.Object({ city: list, rural: list, remote: list }, closed),
    pageName: localText,
    page: Type.Array(
      Type.Object({ id, name: localText, process: id, caseType: id, fault: Type.Boolean() }, closed),
    ),
    sms: Type.Optional(
      Type.Object(
        {
          name: localText,
          process: id,
          caseType: id,
          dark: labels,
          unless: list,
          insist: labels,
          hazards: Type.Array(
            Type.Object({ hazard: Type.Enum(['line-down', 'pole', 'shock', 'fire']), words: labels }, closed),
          ),
        },
        closed,
      ),
    ),
  },
  closed,
);
