import { createContext, useContext, useMemo } from 'react';
import { singular } from './singular.ts';

/**
 * The catalogue. Chinese is the source of keys; English must have each of them (checked by the compiler) with the same
 * `{placeholders}` (checked by `messages.test.ts`). A feature keeps its texts in its own `messages.ts`.
 */
export type Language = 'zh' | 'en';

export type Messages<K extends string = string> = {
  readonly zh: Readonly<Record<K, string>>;
  readonly en: Readonly<Record<K, string>>;
};

export type Params = Readonly<Record<string, string | number>>;
export type Translate<K extends string> = (key: K, params?: Params) => string;

export function defineMessages<const K extends string>(
  zh: Readonly<Record<K, string>>,
  en: Readonly<Record<NoInfer<K>, string>>,
): Messages<K> {
  return { zh, en };
}

export function translate<K extends string>(
  messages: Messages<K>,
  language: Language,
  key: K,
  params: Params = {},
): string {
  const text = messages[language][key].replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    String(params[name] ?? whole),
  );
  return language === 'en' ? singular(text) : text;
}

/** The sentence for a code that came from outside, or undefined where the catalogue has none. */
export function lookUp(
  messages: Messages,
  language: Language,
  key: string,
  params: Params = {},
): string | undefined {
  return Object.hasOwn(messages[language], key) ? translate(messages, language, key, params) : undefined;
}

type LanguageSetting = { readonly language: Language; readonly setLanguage: (language: Language) => void };

export const LanguageContext = createContext<LanguageSetting>({
  language: 'zh',
  setLanguage: () => undefined,
});

export function useLanguage(): LanguageSetting {
  return useContext(LanguageContext);
}

export function useT<K extends string>(messages: Messages<K>): Translate<K> {
  const { language } = useLanguage();
  return useMemo<Translate<K>>(
    () => (key, params) => translate(messages, language, key, params),
    [messages, language],
  );
}

/** A name of the handbook in the reader's language. */
export function useNames(): (name: { readonly zh: string; readonly en: string }) => string {
  const { language } = useLanguage();
  return (name) => name[language];
}
