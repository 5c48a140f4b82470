import { useEffect, useRef, useSyncExternalStore } from 'react';

/**
 * The keyboard map. A page declares what its keys do; `?` shows all that hold now. Keys without a modifier
 * (function keys apart) are silent while one types. Form: `j`, `Enter`, `Escape`, `?`, `mod+k`, `mod+Enter` (`mod` is Ctrl, or ⌘ on a Mac), `alt+1`.
 */
export type KeyBinding = {
  readonly key: string;
  readonly label: string;
  readonly run: () => void;
  readonly disabled?: boolean;
};

type Scope = { readonly title: string; readonly bindings: readonly KeyBinding[] };

let scopes: readonly Scope[] = [];
const watchers = new Set<() => void>();

/** Holds while the component is mounted; the last mounted scope wins a key. */
export function useKeys(title: string, bindings: readonly KeyBinding[]): void {
  const current = useRef(bindings);
  current.current = bindings;
  const shape = bindings.map((binding) => `${binding.key}=${binding.label}`).join('\n');

  useEffect(() => {
    const scope: Scope = {
      title,
      get bindings() {
        return current.current;
      },
    };
    setScopes([...scopes, scope]);
    return () => setScopes(scopes.filter((other) => other !== scope));
    // oxlint-disable-next-line react/exhaustive-deps -- the shape stands for the bindings, which live in the ref
  }, [title, shape]);
}

export function useKeyScopes(): readonly Scope[] {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => scopes,
  );
}

/** Listens on the window; called once by the app. */
export function listenToKeys(): () => void {
  window.addEventListener('keydown', onModKey, true);
  window.addEventListener('keydown', onPlainKey);
  return () => {
    window.removeEventListener('keydown', onModKey, true);
    window.removeEventListener('keydown', onPlainKey);
  };
}

/** Before the field sees it: a select box takes Ctrl+Enter for its own Enter, and the page's action would be lost. */
function onModKey(event: KeyboardEvent): void {
  if (hasModifier(nameOf(event)) && onKeyDown(event)) event.stopPropagation();
}

/** After the field: what it used itself is not the page's any more. */
function onPlainKey(event: KeyboardEvent): void {
  if (!hasModifier(nameOf(event))) onKeyDown(event);
}

/** True when a binding of the page took the key. */
function onKeyDown(event: KeyboardEvent): boolean {
  if (event.isComposing || event.defaultPrevented) return false;
  const name = nameOf(event);
  if (!hasModifier(name) && !/^(Escape|F\d+)$/.test(name) && isTyping(event.target)) return false;

  const binding = scopes
    .toReversed()
    .flatMap((scope) => scope.bindings)
    .find((candidate) => candidate.key === name && !candidate.disabled);
  if (binding === undefined) return false;
  event.preventDefault();
  binding.run();
  return true;
}

/** How a key is written on the screen: `mod+k` → `Ctrl K`. */
export function keyCaps(key: string): readonly string[] {
  const isMac = navigator.userAgent.includes('Mac');
  return key.split('+').map((part) => {
    if (part === 'mod') return isMac ? '⌘' : 'Ctrl';
    if (part === 'alt') return isMac ? '⌥' : 'Alt';
    if (part === 'Escape') return 'Esc';
    return part.length === 1 ? part.toUpperCase() : part;
  });
}

function setScopes(next: readonly Scope[]): void {
  scopes = next;
  for (const watcher of watchers) watcher();
}

function hasModifier(name: string): boolean {
  return name.startsWith('mod+') || name.startsWith('alt+');
}

function nameOf(event: KeyboardEvent): string {
  // By the key's place: on a Mac Alt+1 types another character.
  const [, digit] = /^Digit(\d)$/.exec(event.code) ?? [];
  if (event.altKey && digit !== undefined) return `alt+${digit}`;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `mod+${key}` : key;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  // A radio or a box is chosen, not typed into.
  if (target instanceof HTMLInputElement && ['radio', 'checkbox'].includes(target.type)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}
