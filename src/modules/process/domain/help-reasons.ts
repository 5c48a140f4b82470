import type { LocalText } from './definition.ts';

/** For what a crew on the spot calls for help (求助): on its phone, at the dispatcher's bell and in the time line. */
export const HELP_REASONS = {
  'cannot-do': { zh: '处理不了，请改派', en: 'Cannot do it: another crew' },
  'second-crew': { zh: '要增派一队', en: 'A second crew' },
  materials: { zh: '缺材料、工具', en: 'Material or tools missing' },
  danger: { zh: '有危险', en: 'Danger' },
  other: { zh: '其他', en: 'Something else' },
} as const satisfies Readonly<Record<string, LocalText>>;

export type HelpReason = keyof typeof HELP_REASONS;

export function isHelpReason(text: string): text is HelpReason {
  return Object.hasOwn(HELP_REASONS, text);
}
