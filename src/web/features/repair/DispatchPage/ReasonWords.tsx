import type { Reason } from '#modules/repair/domain/index.ts';
import { useT } from '../../../lib/i18n.ts';
import { messages } from '../dispatch-messages.ts';

/** Why a crew goes, in words. */
export function ReasonWords(props: { reasons: readonly Reason[]; nameOf: (crewId: string) => string }) {
  const t = useT(messages);
  return props.reasons
    .map(({ why, ...facts }) =>
      'crew' in facts
        ? t(`reason.${why}`, { crew: props.nameOf(facts.crew) })
        : t(`reason.${why}`, { ...facts }),
    )
    .join(' · ');
}
