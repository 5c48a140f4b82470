/** What people are let do: the codes that fault cards and the voltage of an order ask for. */
export const SKILLS = ['low-voltage', 'medium-voltage', 'cable', 'live-line', 'meter'] as const;

/** What one person may do today: skills that have not run out, and the cards he was trained on lately enough. */
export type Qualification = { readonly skills: readonly string[]; readonly cards: readonly string[] };

/** A crew may do what both its person in charge and the one watching may: nobody works on, or watches over, what he does not know. */
export function qualifiedTogether(lead: Qualification, watcher: Qualification): Qualification {
  return {
    skills: lead.skills.filter((skill) => watcher.skills.includes(skill)),
    cards: lead.cards.filter((card) => watcher.cards.includes(card)),
  };
}
