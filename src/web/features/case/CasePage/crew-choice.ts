import type { Candidate } from '#modules/repair/dispatch-api.ts';

export type CrewChoice = {
  /** Whom the button sends; null: nobody can go. */
  readonly crewId: string | null;
  readonly options: readonly { readonly candidate: Candidate; readonly mayGo: boolean }[];
};

/**
 * Which crew the button sends, of those that the server names (able ones first, the soonest on top): the one that was chosen, as long as it
 * may go, else the first that may. What its point lacks another can bring, who gave it back may be asked again; who is out, or may not do it, cannot go.
 */
export function crewChoice(candidates: readonly Candidate[], chosen: string | null): CrewChoice {
  const options = candidates.map((candidate) => ({
    candidate,
    mayGo: candidate.lacks === null || candidate.lacks === 'materials' || candidate.lacks === 'gave-back',
  }));
  const able = options.filter(({ mayGo }) => mayGo).map(({ candidate }) => candidate.crewId);
  return { crewId: able.find((id) => id === chosen) ?? able[0] ?? null, options };
}
