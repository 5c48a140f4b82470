/** Repairs of missing supply; other processes of the business are no reports of it. */
export const REPAIRS: readonly string[] = ['repair-low', 'repair-medium'];

/** In whose name the program opens orders and joins demands. */
export const PROGRAM = { staffNo: 'program-outage', name: '停电研判' } as const;
