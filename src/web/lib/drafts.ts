import { useCallback, useEffect, useRef, useState } from 'react';

/**
 * What was typed and not yet sent. It stays in this browser tab's session (never longer: it holds personal data), through
 * reload, lock screen and a lost line, under the person who typed it.
 */
const PREFIX = 'dafuwu:draft:';
const SAVE_AFTER_MS = 250;

export type Draft<T> = {
  readonly value: T;
  readonly set: (next: T | ((previous: T) => T)) => void;
  /** Forgets the draft: after it was sent, or thrown away by hand. */
  readonly clear: () => void;
  readonly restored: boolean;
};

export function useDraft<T>(key: string, initial: T): Draft<T> {
  const [kept] = useState(() => readDraft<T>(key));
  const [value, setValue] = useState<T>(kept ?? initial);
  const latest = useRef(value);
  const dirty = useRef(false);
  latest.current = value;

  useEffect(() => {
    if (!dirty.current) return undefined;
    const timer = setTimeout(() => writeDraft(key, value), SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [key, value]);

  useEffect(() => {
    const save = (): void => {
      if (dirty.current) writeDraft(key, latest.current);
    };
    window.addEventListener('pagehide', save);
    return () => {
      window.removeEventListener('pagehide', save);
      save();
    };
  }, [key]);

  const set = useCallback((next: T | ((previous: T) => T)) => {
    dirty.current = true;
    setValue(next);
  }, []);
  const clear = useCallback(() => {
    dirty.current = false;
    sessionStorage.removeItem(PREFIX + key);
    setValue(initial);
    // oxlint-disable-next-line react/exhaustive-deps -- the initial value is that of the first call
  }, [key]);
  return { value, set, clear, restored: kept !== undefined };
}

/** The keys of all drafts under a prefix, for parked drafts shown as tabs. */
export function listDrafts(prefix: string): readonly string[] {
  return Object.keys(sessionStorage)
    .filter((key) => key.startsWith(PREFIX + prefix))
    .map((key) => key.slice(PREFIX.length));
}

/** Called when somebody signs out, or somebody else signs in at this desk. */
export function forgetDrafts(): void {
  for (const key of listDrafts('')) sessionStorage.removeItem(PREFIX + key);
}

function readDraft<T>(key: string): T | undefined {
  const text = sessionStorage.getItem(PREFIX + key);
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch {
    // Written by an older release in another form: better none than a broken page.
    sessionStorage.removeItem(PREFIX + key);
    return undefined;
  }
}

function writeDraft(key: string, value: unknown): void {
  sessionStorage.setItem(PREFIX + key, JSON.stringify(value));
}
