/** A back-fill as an operator does it: in Airflow's own pages, by a real browser. */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Locator, type Page } from 'playwright-core';
import { DAG_ID } from '../../stack/airflow-api.ts';
import { ARTEFACTS } from './days.ts';
import type { RunningStack } from './running-stack.ts';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const QUIET = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update'];
const ACTION_MS = 60_000;
/** The dialog asks the server how many runs there will be. */
const COUNTED = /\d+ runs? will be triggered/;

/** Screenshots go to the artefacts. @returns what the form said before it was sent @throws Error where there is no browser, or a page is not as expected */
export async function backfillInBrowser(running: RunningStack, from: string, to: string): Promise<string> {
  const { url } = running;
  return withPage(async (page) => {
    await logInAsAdmin(page, running);
    await page.goto(`${url}/dags/${DAG_ID}`);
    await page.getByTestId('trigger-dag-button').click();
    const dialog = page.getByRole('dialog').filter({ hasText: DAG_ID });
    await dialog.getByText('Backfill', { exact: true }).click();
    await pickDay(page, dialog, 0, from);
    await pickDay(page, dialog, 1, to);
    // "Missing Runs" is preselected, and leaves out every day that has a run.
    await dialog.getByText('All Runs', { exact: true }).click();
    await dialog.locator('input[name=max_active_runs]').fill('2');
    const promise = dialog.getByText(COUNTED);
    await promise.waitFor();
    const [promised = ''] = COUNTED.exec(await promise.innerText()) ?? [];
    await shoot(page, '1-backfill-form');
    await dialog.getByRole('button', { name: 'Run Backfill' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.goto(`${url}/dags/${DAG_ID}/runs`);
    await page.getByText('backfill').first().waitFor();
    await shoot(page, '2-backfill-running');
    return promised;
  });
}

/** @returns names of what was updated lately, as the first page after the login has them */
export async function assetsOnHomePage(running: RunningStack): Promise<string[]> {
  return withPage(async (page) => {
    await logInAsAdmin(page, running);
    const assets = page.locator('a[href*="/assets/"]');
    await assets.first().waitFor();
    await shoot(page, '3-home');
    return [...new Set(await assets.allInnerTexts())].toSorted();
  });
}

/** @returns what the page says of a login that is wrong */
export async function refusedLogin({ url }: RunningStack, user: string, password: string): Promise<string> {
  return withPage(async (page) => {
    await logIn(page, url, user, password);
    const alert = page
      .getByRole('alert')
      .or(page.getByText(/invalid|incorrect|unauthorized/i))
      .first();
    await alert.waitFor();
    await shoot(page, '0-login-refused');
    return await alert.innerText();
  });
}

async function logInAsAdmin(page: Page, { stack, url }: RunningStack): Promise<void> {
  await logIn(page, url, 'admin', stack.secrets['AIRFLOW_ADMIN_PASSWORD'] ?? '');
  await page.waitForURL((found) => !found.pathname.includes('login'));
}

async function logIn(page: Page, url: string, user: string, password: string): Promise<void> {
  await page.goto(`${url}/`);
  await page.fill('input[name=username]', user);
  await page.fill('input[name=password]', password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** The fields are popovers with a date and a time of day; neither has a label. */
async function pickDay(page: Page, dialog: Locator, index: number, day: string): Promise<void> {
  await dialog.getByTestId('datetime-input').nth(index).click();
  const popover = page.locator('[data-scope=popover][data-part=content][data-state=open]');
  await popover.getByPlaceholder('YYYY/MM/DD').fill(day.replaceAll('-', '/'));
  await popover.getByPlaceholder('HH:mm').fill('00:00');
  await popover.getByPlaceholder('HH:mm').press('Enter');
  // A click outside closes the popover.
  await dialog.getByRole('heading').first().click();
  await popover.waitFor({ state: 'hidden' });
}

/** @param more how the browser differs from that of an operator at a desk */
export async function withPage<T>(
  use: (page: Page) => Promise<T>,
  more: Parameters<typeof chromium.launchPersistentContext>[1] = {},
): Promise<T> {
  const profile = mkdtempSync(join(tmpdir(), 'browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browserPath(),
    args: ['--headless', '--no-sandbox', '--disable-gpu', ...QUIET],
    viewport: { width: 1400, height: 1000 },
    timezoneId: 'UTC',
    ...more,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(ACTION_MS);
  try {
    return await use(page);
  } catch (error) {
    await shoot(page, 'failed').catch(() => undefined);
    throw error;
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

function browserPath(): string {
  const found = [process.env['CHROMIUM'] ?? '', ...PLACES].find((path) => path !== '' && existsSync(path));
  if (found !== undefined) return found;
  throw new Error('no Chromium was found: install it (Debian: apt-get install chromium), or name it in CHROMIUM');
}

/** Kept with what the test run leaves. */
export async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(ARTEFACTS, { recursive: true });
  await page.screenshot({ path: join(ARTEFACTS, `${name}.png`) });
}
