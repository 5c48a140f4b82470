/** An intake of which nothing is known yet; a new one each time, for it is filled in. */
export function emptyIntake() {
  return {
    channel: 'hall' as const,
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
    mood: 'calm' as const,
    escalationRisk: false,
    anonymous: false,
    noCallBack: false,
    papers: [],
    promiseSigned: false,
  };
}
