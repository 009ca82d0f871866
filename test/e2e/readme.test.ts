import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEvalon } from '../support/evalon.ts';
import { startProxy } from '../support/proxy.ts';
import { startStaticSite } from '../support/static-site.ts';
import { expect, test } from './fixtures.ts';
import { expectInvited } from './panel.ts';

const README = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
/** The proxy's URL in the README. */
const PROXY_URL = 'https://evalon.example.com';

test('the README’s snippet lets a static page invite a candidate and show the invite', async ({ page, cleanup }) => {
  const [evalon, site] = [await startEvalon(), await startStaticSite()];
  const proxy = await startProxy(evalon, { ALLOWED_ORIGINS: site.url });
  cleanup.after(() => Promise.all([proxy.close(), evalon.close(), site.close()]));
  const [, snippet = ''] = /```html\n(.*?)```/s.exec(README) ?? [];
  expect(snippet).toContain(PROXY_URL);
  const html = snippet.replaceAll(PROXY_URL, proxy.url);
  site.html = `<!doctype html><html lang="en"><title>ATS</title><link rel="icon" href="data:,">${html}</html>`;
  const errors: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())));
  page.on('pageerror', (error) => void errors.push(error.message));
  await page.goto(site.url);
  await page
    .getByRole('button', { name: /^Invite Jane Smith/ })
    .first()
    .click();
  await expectInvited(page);
  expect(evalon.requests).toHaveLength(1);
  expect(errors).toEqual([]);
});
