import type { IntakeBody } from '#modules/case/case-api.ts';

/** An intake of which nothing is known yet. */
export function emptyIntake(): IntakeBody {
  return {
    channel: 'hall',
    process: null,
    quickItem: null,
    caseType: null,
    householdId: null,
    area: null,
    words: '',
    contactName: null,
    contactPhone: null,
    place: null,
    accusedUnitId: null,
    mood: 'calm',
    escalationRisk: false,
    anonymous: false,
    noCallBack: false,
    papers: [],
    promiseSigned: false,
  };
}
