/** The parts of a card, in the order in which a crew needs them; the heading of each in the file (`handbook/faults/*.md`). */
export const CARD_PARTS = ['signs', 'judge', 'safety', 'steps', 'accept', 'tell'] as const;

export type CardPart = (typeof CARD_PARTS)[number];

/** 典型故障处理方案: how one typical fault is found, made safe, mended and explained. */
export type FaultCard = {
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly voltage: readonly ('low' | 'medium')[];
  /** The usual time of the work on the spot; a reference, no promise. */
  readonly minutes: number;
  readonly ownership: 'company' | 'customer' | 'either';
  readonly tools: readonly string[];
  readonly materials: readonly string[];
  /** What whoever does it must be allowed beside the voltage he works on. */
  readonly skills?: readonly ('cable' | 'live-line' | 'meter')[];
  /** What customers say when it is this fault. */
  readonly words: readonly string[];
  readonly source: string;
  readonly confidence: 'A' | 'B' | 'C' | 'D';
  readonly version: number;
  /** Who of the company read and approved it; absent in what the program brings. */
  readonly reviewedBy?: string;
  readonly parts: Readonly<Record<CardPart, readonly string[]>>;
};

/** The option of a step's field that says: none of the cards fits. */
export const OTHER_FAULT = 'other';

/** The cards that the customer's words speak for, the most words first; at most three. Without any such word, none. */
export function suggestCards(said: string, cards: readonly FaultCard[]): readonly FaultCard[] {
  const text = said.normalize('NFKC').toLowerCase();
  return cards
    .map((card) => ({ card, hits: card.words.filter((word) => text.includes(word)).length }))
    .filter(({ hits }) => hits > 0)
    .toSorted((a, b) => b.hits - a.hits || (a.card.id < b.card.id ? -1 : 1))
    .slice(0, 3)
    .map(({ card }) => card);
}
