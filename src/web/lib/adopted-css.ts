/**
 * Stands in for the style-injecting helper of antd's libraries (see vite.config.ts): the same functions, on constructed
 * style sheets, which a Content-Security-Policy without 'unsafe-inline' permits.
 */
type Options = { readonly prepend?: boolean | 'queue'; readonly priority?: number; readonly mark?: string };

type Entry = {
  readonly sheet: CSSStyleSheet;
  readonly rank: number;
  readonly handle: StyleHandle;
  css: string;
};

/** What callers do with the `<style>` element they believe they got. */
type StyleHandle = { setAttribute(name: string, value: string): void; [key: string]: unknown };

const entries = new Map<string, Entry>();
let anonymous = 0;

export function updateCSS(css: string, key: string, options: Options = {}): StyleHandle {
  const name = `${options.mark ?? ''}:${key}`;
  const known = entries.get(name);
  if (known === undefined) return add(name, css, options);

  if (known.css !== css) {
    known.sheet.replaceSync(css);
    known.css = css;
  }
  return known.handle;
}

export function injectCSS(css: string, options: Options = {}): StyleHandle {
  anonymous += 1;
  return add(`anonymous:${anonymous}`, css, options);
}

export function removeCSS(key: string, options: Options = {}): void {
  const name = `${options.mark ?? ''}:${key}`;
  if (entries.delete(name)) adopt();
}

export function clearContainerCache(): void {
  entries.clear();
  adopt();
}

/** Icons ask for the shadow root they stand in; we have none. */
export function getShadowRoot(): null {
  return null;
}

const warned = new Set<string>();

export function warningOnce(valid: boolean, message: string): void {
  if (valid || warned.has(message)) return;
  warned.add(message);
  // oxlint-disable-next-line no-console -- the library's own developer warning
  console.warn(message);
}

function add(name: string, css: string, options: Options): StyleHandle {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const handle: StyleHandle = { setAttribute: () => undefined };
  entries.set(name, { sheet, rank: rankOf(options), handle, css });
  adopt();
  return handle;
}

/** Prepended styles come first, ordered by priority; the others keep the order of their arrival. */
function rankOf({ prepend, priority = 0 }: Options): number {
  if (prepend === 'queue') return priority;
  return prepend === true ? -10_000 : 10_000;
}

function adopt(): void {
  const inOrder = [...entries.values()].toSorted((a, b) => a.rank - b.rank);
  document.adoptedStyleSheets = inOrder.map((entry) => entry.sheet);
}
