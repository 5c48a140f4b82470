import type { Intake } from '../intake.ts';

/** An intake of which nothing is known but what is given: what tests, demonstration and replay begin with. */
export function emptyIntake(given: Partial<Intake>): Intake {
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
    ...given,
  };
}
