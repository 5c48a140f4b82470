import { useEffect, useState } from 'react';
import type { Feature, PaletteItem, PaletteQuery } from '../lib/feature.ts';
import { useLanguage, useT } from '../lib/i18n.ts';
import { type Session, useSession } from '../lib/session.ts';
import { uiMessages } from './messages.ts';

export type PaletteGroup = {
  readonly id: string;
  readonly title: string;
  readonly items: readonly PaletteItem[];
  readonly failed: boolean;
};

/** Long enough that one word typed fast is one question, short enough not to be felt. */
const WAIT_MS = 80;

/** Asks every feature at once; groups fill as answers come, a failing one says so and hides none of the others. */
export function usePaletteSearch(features: readonly Feature[], text: string) {
  const t = useT(uiMessages);
  const { language } = useLanguage();
  const session = useSession();
  const [found, setFound] = useState<ReadonlyMap<string, PaletteGroup>>(new Map());
  const [settledFor, setSettledFor] = useState<string>();
  const wanted = text.trim();

  useEffect(() => {
    const controller = new AbortController();
    const query: PaletteQuery = { text: wanted, session, language, signal: controller.signal };
    const providers = features.flatMap((feature) => feature.palette ?? []);

    const timer = setTimeout(() => {
      const answers = providers.map(async (provider) => {
        const title = provider.title(language);
        const group = await provider
          .search(query)
          .then((items) => ({ id: provider.id, title, items, failed: false }))
          .catch(() => ({ id: provider.id, title, items: [], failed: true }));
        if (!controller.signal.aborted) setFound((before) => new Map(before).set(provider.id, group));
      });
      void settle(Promise.all(answers));
    }, WAIT_MS);
    async function settle(all: Promise<unknown>): Promise<void> {
      await all;
      if (!controller.signal.aborted) setSettledFor(wanted);
    }
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [features, wanted, session, language]);

  const pages: PaletteGroup = {
    id: 'pages',
    title: t('palette.pages'),
    items: pagesOf(features, session, wanted, language),
    failed: false,
  };
  const groups = [...found.values(), pages].filter((group) => group.items.length > 0 || group.failed);
  return { groups, settled: settledFor === wanted };
}

function pagesOf(features: readonly Feature[], session: Session, text: string, language: 'zh' | 'en') {
  return features
    .flatMap((feature) => feature.places ?? [])
    .filter((place) => place.shownTo(session))
    .filter((place) => `${place.name('zh')} ${place.name('en')}`.toLowerCase().includes(text.toLowerCase()))
    .toSorted((a, b) => a.order - b.order)
    .map((place) => ({
      id: place.path,
      title: place.name(language),
      icon: place.icon,
      run: (go: (path: string) => void) => go(place.path),
    }));
}
