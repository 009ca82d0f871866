/** Whoever pastes what the README shows into a page of theirs has a widget that works the first time. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { findBrowser, launchBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import { startEvalon } from '../support/evalon.ts';
import { type Browser, expect } from '../support/page.ts';
import { startProxy } from '../support/proxy.ts';
import { startStaticSite } from '../support/static-site.ts';

const README = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
/** Where the proxy is, in the README. */
const ADDRESS = 'https://evalon.example.com';

const found = await findBrowser();
let browser: Browser;

describe('the README', { skip: found ? false : NO_BROWSER_MESSAGE }, () => {
  before(async () => {
    if (found) browser = await launchBrowser(found);
  });
  after(() => browser?.close());

  it('shows a snippet that makes a static page invite, and show that it has', async (test) => {
    const [evalon, site] = [await startEvalon(), await startStaticSite()];
    const proxy = await startProxy(evalon, { ALLOWED_ORIGINS: site.url });
    test.after(() => Promise.all([proxy.close(), evalon.close(), site.close()]));
    const [, snippet = ''] = /```html\n(.*?)```/s.exec(README) ?? [];
    assert.ok(snippet.includes(ADDRESS));
    site.html = `<!doctype html><html lang="en"><title>ATS</title><link rel="icon" href="data:,">${snippet.replaceAll(ADDRESS, proxy.url)}</html>`;
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
    page.on('pageerror', (error) => void complaints.push(error.message));
    await page.goto(site.url);
    await page
      .getByRole('button', { name: /^Invite Jane Smith/ })
      .first()
      .click({ timeout: 30_000 });
    await expect(page.getByText(/^\s*Invited/).first()).toBeVisible({ timeout: 30_000 });
    assert.equal(evalon.requests.length, 1);
    assert.deepEqual(complaints, []);
  });
});
