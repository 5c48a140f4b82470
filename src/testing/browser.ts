import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import packed from '@sparticuz/chromium';
import { type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';

/** A browser for tests: Chromium out of npm, no system package; where that does not start, an installed Chrome. */
export type TestBrowser = {
  readonly open: (options: OpenOptions) => Promise<TestPage>;
  readonly close: () => Promise<void>;
};

type OpenOptions = {
  readonly url: string;
  /** In CSS px; the height follows a usual screen of that width. */
  readonly width?: number;
  readonly language?: 'zh' | 'en';
  readonly dark?: boolean;
  /** As on a first visit, without what the browser has kept: for who counts bytes. Kept, a page costs a third less work. */
  readonly firstVisit?: boolean;
};

type TestPage = {
  readonly page: Page;
  /** Everything the page complained about: errors on the console, uncaught ones, violations of the content policy. */
  readonly complaints: readonly string[];
  /** Compressed bytes received so far by kind of file (`font` apart from all else). */
  readonly transferred: () => Promise<{ readonly font: number; readonly other: number }>;
  /** Closes the page, and throws when it had complained. */
  readonly close: () => Promise<void>;
};

const HEIGHTS: Readonly<Record<number, number>> = { 360: 740, 1280: 800, 1920: 1080, 3840: 2160 };

const FLAGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--disable-gpu',
  '--no-first-run',
];

export async function launchBrowser(): Promise<TestBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'dafuwu-profile-'));
  const executablePath = await chromiumPath();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: FLAGS,
    headless: true,
    timezoneId: 'Asia/Shanghai',
    locale: 'zh-CN',
  });
  return {
    open: async (options) => await openPage(context, options),
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/**
 * Findings of axe-core at level A and AA, one sentence each, library parts included. Lists of choices are let close and
 * animations finish first: a list on its way out has no name, a half-faded dialog has no contrast.
 */
export async function axe(page: Page): Promise<readonly string[]> {
  await page.locator('.ant-select-dropdown:visible').first().waitFor({ state: 'hidden' });
  await page.evaluate(`Promise.all(document.getAnimations()
    .filter((animation) => animation.effect?.getComputedTiming().iterations !== Infinity)
    .map((animation) => animation.finished.catch(() => undefined)))`);
  const source = await readFile(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
  await page.evaluate(source);
  const found = (await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
      .then((result) => result.violations.flatMap((rule) => rule.nodes.map((node) =>
        rule.id + ': ' + node.target.join(' ') + ' — ' + node.failureSummary.replaceAll('\\n', ' '))))`,
  )) as string[];
  return found;
}

/** Opens a list of choices by its box and takes the first; a key that comes before the list is there would only open it. */
export async function chooseFirst(page: Page, box: Locator): Promise<void> {
  const list = page.locator('.ant-select-dropdown:visible');
  await list.first().waitFor({ state: 'hidden' });
  await box.click();
  await list.locator('.ant-select-item-option').first().waitFor();
  await page.keyboard.press('Enter');
  await list.first().waitFor({ state: 'hidden' });
}

async function openPage(context: BrowserContext, options: OpenOptions): Promise<TestPage> {
  const { width = 1280 } = options;
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    // Chromium logs every refusal (4xx); that is an answer which the page shows, not a fault of the page.
    if (/^Failed to load resource: the server responded with a status of 4\d\d/.test(message.text())) return;
    if (message.type() === 'error' || /Content Security Policy/i.test(message.text()))
      complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));

  const received = await countBytes(page, options.firstVisit ?? false);
  await page.setViewportSize({ width, height: HEIGHTS[width] ?? 900 });
  await page.emulateMedia({ colorScheme: options.dark === true ? 'dark' : 'light', reducedMotion: 'reduce' });
  await page.addInitScript(`localStorage.setItem('dafuwu:language', '${options.language ?? 'zh'}')`);
  await page.goto(options.url);
  return {
    page,
    complaints,
    transferred: async () => await received(),
    close: async () => {
      await page.close();
      if (complaints.length > 0) throw new Error(`the page complained:\n${complaints.join('\n')}`);
    },
  };
}

async function countBytes(page: Page, firstVisit: boolean) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: firstVisit });
  const kinds = new Map<string, boolean>();
  const total = { font: 0, other: 0 };
  session.on('Network.responseReceived', (event) => {
    kinds.set(event.requestId, event.type === 'Font');
  });
  session.on('Network.loadingFinished', (event) => {
    total[kinds.get(event.requestId) === true ? 'font' : 'other'] += event.encodedDataLength;
  });
  return async () => {
    await page.waitForLoadState('networkidle');
    return { ...total };
  };
}

/** Unpacks the shipped Chromium once a machine. The rename makes it safe when several test files begin at once. */
async function chromiumPath(): Promise<string> {
  const installed = process.env['CHROME_PATH'] ?? '';
  if (installed !== '') return installed;

  const about = await readFile(
    new URL('../package.json', import.meta.resolve('@sparticuz/chromium')),
    'utf8',
  );
  const { version } = JSON.parse(about) as { version: string };
  const home = join(tmpdir(), `dafuwu-chromium-${version}`);
  const executable = join(home, 'chromium');
  if (existsSync(executable)) return executable;

  const unpacked = await mkdtemp(join(tmpdir(), 'dafuwu-unpack-'));
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = unpacked;
  try {
    await packed.executablePath();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
  await rename(unpacked, home).catch(async (error: unknown) => {
    if (!existsSync(executable)) throw error;
    await rm(unpacked, { recursive: true, force: true });
  });
  return join(dirname(executable), 'chromium');
}
