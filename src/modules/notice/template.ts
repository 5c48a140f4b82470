export type TemplateText = { readonly zh: string; readonly en: string };

/**
 * When it may disturb: `hazard` (and what its receiver waits for) at any hour, `service` never in the quiet hours of the handbook
 * (R108), `neighbour` not in the night of whoever asked nothing (R013-night) unless the row says `asked`, `mute` is a bell on the
 * screen, which disturbs nobody.
 */
type TemplateClass = 'hazard' | 'service' | 'neighbour' | 'mute';

export type Template = {
  readonly class: TemplateClass;
  /** What the queue and the case page call it. */
  readonly name: TemplateText;
  readonly text: TemplateText;
  /** Where a mail says it otherwise: nobody answers a mail with 1 or 2. */
  readonly mail?: TemplateText;
};

/** Said at any hour to whoever waits for it. */
export function awaited(zh: string, en: string, [textZh, textEn]: readonly [string, string]): Template {
  return { class: 'hazard', name: { zh, en }, text: { zh: textZh, en: textEn } };
}

/** A bell of the staff. */
export function mute(zh: string, en: string, [textZh, textEn]: readonly [string, string]): Template {
  return { class: 'mute', name: { zh, en }, text: { zh: textZh, en: textEn } };
}

/** Of an outage, to whoever is in it and did not report it. */
export function neighbour(zh: string, en: string, [textZh, textEn]: readonly [string, string]): Template {
  return { class: 'neighbour', name: { zh, en }, text: { zh: textZh, en: textEn } };
}
