import { createContext, useContext } from 'react';
import type { Feature } from '../lib/feature.ts';

export const FeaturesContext = createContext<readonly Feature[]>([]);

/** The features of this entrance, for the rail and for Ctrl+K. */
export function useFeatures(): readonly Feature[] {
  return useContext(FeaturesContext);
}
