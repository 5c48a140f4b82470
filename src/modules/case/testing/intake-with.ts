import { emptyIntake } from '../domain/index.ts';
import type { Intake } from '../intake.ts';

/** An intake of which nothing is known but what is given: what tests, demonstration and replay begin with. */
export function intakeWith(given: Partial<Intake>): Intake {
  return { ...emptyIntake(), ...given };
}
