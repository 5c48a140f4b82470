import type { Translate } from '../../../lib/i18n.ts';
import { messages } from '../messages.ts';

type Key = keyof (typeof messages)['zh'];

/** What a field of a reply is called. */
export function replyName(t: Translate<Key>, field: string): string {
  const key = `reply.${field}`;
  return key in messages.zh ? t(key as Key) : field;
}
