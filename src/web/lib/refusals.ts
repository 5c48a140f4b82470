import { createContext, useCallback, useContext } from 'react';
import { ApiError } from './api.ts';
import { lookUp, type Messages, useLanguage } from './i18n.ts';
import { commonRefusals } from './messages.ts';

export const RefusalContext = createContext<readonly Messages[]>([commonRefusals]);

export type Explained = { readonly sentence: string; readonly requestId?: string };

/** Turns whatever was thrown into a sentence: the module's, the server's own (in the user's language), the status's. */
export function useExplain(): (error: unknown) => Explained {
  const catalogues = useContext(RefusalContext);
  const { language } = useLanguage();
  return useCallback(
    (error) => {
      if (!(error instanceof ApiError))
        return { sentence: lookUp(commonRefusals, language, 'client.fault') ?? '' };

      const { code, detail, message, requestId } = error.body;
      const known = catalogues
        .map((messages) => lookUp(messages, language, code, detail))
        .find((text) => text !== undefined);
      const byStatus = lookUp(commonRefusals, language, `http.${error.status}`);
      const sentence = known ?? (error.status < 500 ? message || byStatus : byStatus) ?? message;
      // A refusal that has its sentence is no trouble of the system: its number would help nobody.
      const isTrouble = error.status >= 500 || known === undefined;
      return requestId === undefined || !isTrouble ? { sentence } : { sentence, requestId };
    },
    [catalogues, language],
  );
}

/** The sentence for a refusal code that the server gave beforehand, as the reason why something is not allowed. */
export function useSentence(): (code: string) => string {
  const catalogues = useContext(RefusalContext);
  const { language } = useLanguage();
  return useCallback(
    (code) =>
      catalogues.map((messages) => lookUp(messages, language, code)).find((text) => text !== undefined) ??
      code,
    [catalogues, language],
  );
}
