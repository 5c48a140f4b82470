import { MINUTE } from '#kernel/instant.ts';
import type { WarningPolicy } from '#modules/clock/domain/index.ts';

type Limit = { readonly id: string; readonly value: number; readonly unit: string };

/**
 * R108 as this handbook has it: the shares at which a clock warns (100 is the breach and always there), the quiet hours
 * of limits by day, and from what length on people are told. A reference value of other companies never says anything.
 */
export function warningPolicy(limits: readonly Limit[], role: string): WarningPolicy {
  const ofR108 = limits.filter((limit) => limit.id.startsWith('R108-'));
  const valueOf = (id: string, otherwise: number) =>
    ofR108.find((limit) => limit.id === id)?.value ?? otherwise;
  const shares = ofR108.filter((limit) => limit.unit === 'percent').map((limit) => limit.value);
  return {
    percents: role === 'reference' ? [] : [...new Set([...shares, 100])].toSorted((a, b) => a - b),
    quiet: { from: valueOf('R108-quiet-from', 24), to: valueOf('R108-quiet-to', 0) },
    tellFrom: valueOf('R108-screen', 0) * MINUTE,
  };
}
