import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launchBrowser, type TestBrowser } from '#testing/browser.ts';

/**
 * Pictures of what really is there: `npm run screenshots -- --url http://127.0.0.1:8080` against a running demo company.
 * Each role signs in with a click, as a newcomer would, and its first page is taken at the width it is used at.
 */
const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:8080' },
    out: { type: 'string', default: 'docs/images' },
    language: { type: 'string', default: 'zh' },
  },
});

type Role = { readonly login: string };
const language = values.language === 'en' ? 'en' : 'zh';

await mkdir(values.out, { recursive: true });
const roles = await demoRoles();
const browser = await launchBrowser();
try {
  await picture(browser, { path: '/sign-in', name: 'sign-in', width: 1280 });
  await picture(browser, { path: '/sign-in', name: 'sign-in-phone', width: 360 });
  for (const [index, role] of roles.entries()) await firstPage(browser, role, index);
} finally {
  await browser.close();
}

async function demoRoles(): Promise<readonly Role[]> {
  const response = await fetch(new URL('/api/demo-roles', values.url)).catch(() => undefined);
  if (response?.ok) return (await response.json()) as Role[];
  console.error(
    `No demo company answers at ${values.url}. Start one with \`npm start\`, then run this again.`,
  );
  process.exit(2);
}

async function picture(
  from: TestBrowser,
  shot: { path: string; name: string; width: number },
): Promise<void> {
  const opened = await from.open({ url: new URL(shot.path, values.url).href, width: shot.width, language });
  await opened.page.waitForLoadState('networkidle');
  await opened.page.screenshot({ path: join(values.out, `${shot.name}.png`) });
  await opened.close();
}

/** The page a role lands on after its click; the list of cards has the order of the roles. */
async function firstPage(from: TestBrowser, role: Role, index: number): Promise<void> {
  const opened = await from.open({ url: new URL('/sign-in', values.url).href, language });
  const { page } = opened;
  await page.getByRole('listitem').nth(index).getByRole('button').click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  // The page keeps a live stream open, so the network is never idle: wait for the skeletons to go.
  await page.locator('main').waitFor();
  await page.waitForFunction(
    `!document.querySelector('main [class*="skeleton"]') && document.fonts.status === 'loaded'`,
  );
  await page.screenshot({ path: join(values.out, `${role.login}.png`) });
  await opened.close();
}
