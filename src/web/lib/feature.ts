import type { AnyRoute } from '@tanstack/react-router';
import type { ComponentType, ReactNode } from 'react';
import type { Language, Messages } from './i18n.ts';
import type { Session } from './session.ts';

/**
 * What a feature gives to the shell; one object in `features/<x>/feature.ts`, one line in `routes.tsx`. It is in the
 * first download, so it imports only its `messages.ts`, its api module and icons; pages come lazily.
 */
export type Feature = {
  readonly id: string;
  /** Pages with the desk around them. */
  readonly deskRoutes?: (parent: AnyRoute) => AnyRoute[];
  /** Pages without a frame: sign-in, print. */
  readonly bareRoutes?: (parent: AnyRoute) => AnyRoute[];
  /** Places on the left rail. */
  readonly places?: readonly Place[];
  /** Small things at the right of the top line: a bell, the shift. */
  readonly topLine?: readonly ComponentType[];
  /** What Ctrl+K finds. */
  readonly palette?: readonly PaletteProvider[];
  /** Sentences for this module's refusal codes. */
  readonly refusals?: Messages;
};

type Place = {
  readonly path: string;
  readonly icon: ReactNode;
  /** Two characters; `name` is the whole name. */
  readonly label: (language: Language) => string;
  readonly name: (language: Language) => string;
  /** Lower stands higher. */
  readonly order: number;
  readonly shownTo: (session: Session) => boolean;
  /** Posts whose first page after signing in this is. */
  readonly homeOf?: readonly string[];
};

export type PaletteItem = {
  readonly id: string;
  readonly title: string;
  readonly detail?: string;
  readonly icon?: ReactNode;
  readonly run: (go: (path: string) => void) => void | Promise<void>;
};

type PaletteProvider = {
  readonly id: string;
  readonly title: (language: Language) => string;
  readonly search: (query: PaletteQuery) => Promise<readonly PaletteItem[]>;
};

export type PaletteQuery = {
  readonly text: string;
  readonly session: Session;
  readonly language: Language;
  readonly signal: AbortSignal;
};
