import { formatList } from './format.ts';
import { useLanguage } from './i18n.ts';

/** Words one after the other, as the reader's language puts them: `甲、乙` · `A, B`. */
export function useList(): (words: readonly string[]) => string {
  const { language } = useLanguage();
  return (words) => formatList(words, language);
}
