/** The builder's code works unchanged on a page of another origin with the builder's content security policy. */
import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import { readConfig } from '../../proxy/config/config.ts';
import { COLORS } from '../../proxy/sandbox/builder/tokens.ts';
import { type RunningProxy, startProxy } from '../../proxy/server.ts';
import { findAxeViolations } from '../support/axe.ts';
import { findBrowser, launchBrowser, NO_BROWSER_MESSAGE } from '../support/browser.ts';
import { startEvalon } from '../support/evalon.ts';
import { type Browser, expect, type Page } from '../support/page.ts';
import { startProxy as startProduction } from '../support/proxy.ts';
import { type StaticSite, startStaticSite } from '../support/static-site.ts';

const found = await findBrowser();
let browser: Browser;
let site: StaticSite;
let sandbox: RunningProxy;

/** Opens the builder and enters the origin of the ATS's pages. */
async function openBuilder(test: TestContext): Promise<Page> {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  test.after(() => context.close());
  const page = await context.newPage();
  await page.goto(`${sandbox.url}/builder`);
  await page.getByLabel('Address of your ATS').fill(site.url);
  await expect(page.locator('#settings')).toContainText(site.url);
  return page;
}

const FIXED_COLORS = COLORS.filter(({ followsPage }) => !followsPage);

const findColorInput = (page: Page, name: string) => page.locator(`input[name="${name}"]`);

/** Clicks a copy button and returns the clipboard's text. */
async function copyCode(page: Page, title: string): Promise<string> {
  await page.getByRole('button', { name: `Copy: ${title}` }).click();
  await expect(page.getByRole('status').filter({ hasText: `Copied: ${title}` })).toHaveCount(1);
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Opens the site in a new page and collects the violations of its policy. */
async function openSite(builder: Page): Promise<{ page: Page; violations: string[] }> {
  const page = await builder.context().newPage();
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/policy|violates|CORS|TrustedHTML/i.test(message.text())) violations.push(message.text());
  });
  await page.goto(site.url);
  return { page, violations };
}

/** Opens a page with the builder's code and only the builder's policy. */
async function pasteCode(builder: Page): Promise<{ page: Page; violations: string[] }> {
  const [head, element] = [
    await copyCode(builder, 'In the head'),
    await copyCode(builder, 'In the place of the element'),
  ];
  site.html = `<!doctype html><html><head><title>ATS</title>${head}</head><body>${element}</body></html>`;
  site.csp = `default-src 'none'; ${await copyCode(builder, 'Content security policy')}`;
  return openSite(builder);
}

describe('the builder', { skip: found ? false : NO_BROWSER_MESSAGE }, () => {
  before(async () => {
    if (!found) return;
    browser = await launchBrowser(found);
    site = await startStaticSite();
    const settings = { PORT: '0', DATABASE_URL: 'file::memory:', LOG_LEVEL: 'silent', ALLOWED_ORIGINS: site.url };
    sandbox = await startProxy(readConfig(settings));
  });
  after(async () => {
    await browser?.close();
    await Promise.all([sandbox?.close(), site?.close()]);
  });

  it('starts with the origin from ALLOWED_ORIGINS and shows the command that sets it', async (test) => {
    const context = await browser.newContext();
    test.after(() => context.close());
    const page = await context.newPage();
    await page.goto(`${sandbox.url}/builder`);
    await expect(page.getByLabel('Address of your ATS')).toHaveValue(site.url);
    const { port } = new URL(sandbox.url);
    await expect(page.locator('#settings')).toHaveText(`PORT=${port} ALLOWED_ORIGINS=${site.url} npm start`);
  });

  it('creates a test page that works with its policy', async (test) => {
    const builder = await openBuilder(test);
    site.html = await copyCode(builder, 'Test page');
    site.csp = '';
    const { page, violations } = await openSite(builder);
    await page
      .getByRole('button', { name: /^Invite/ })
      .first()
      .click();
    await expect(page.getByText(/^\s*Invited/).first()).toBeVisible();
    assert.deepEqual(violations, []);
  });

  it('creates code that works for each element', async (test) => {
    const builder = await openBuilder(test);
    for (const [tag, name, shows] of [
      ['evalon-invite-button', 'Invite button', /Invite/],
      ['evalon-status', 'Status chip', /invited/i],
      ['evalon-scorecard', 'Scorecard', /does not exist/],
      ['evalon-inbox', 'Inbox', /Assessment inbox/],
    ] as const) {
      await builder.getByLabel(name).check();
      const { page, violations } = await pasteCode(builder);
      await expect(page.locator(tag)).toContainText(shows);
      assert.deepEqual(violations, []);
      await page.close();
      await builder.bringToFront();
    }
  });

  for (const [way, label] of [
    ['data-token-url', 'Your backend returns'],
    ['getToken', 'A script on your page'],
  ] as const) {
    it(`creates code that works with a production proxy, ${way}, colors and a theme`, async (test) => {
      const evalon = await startEvalon();
      const proxy = await startProduction(evalon, { ALLOWED_ORIGINS: site.url });
      test.after(() => Promise.all([proxy.close(), evalon.close()]));
      const builder = await openBuilder(test);
      await builder.getByLabel('Address of your proxy').fill(`${proxy.url}/`);
      await builder.getByLabel(label).check();
      await builder.getByLabel('Project').fill('proj_abc123');
      await builder.getByLabel('Others').fill('sales:Sales talent');
      await builder.getByLabel('Theme').selectOption('dark');
      await findColorInput(builder, 'accent-dark').fill('#ffcc00');
      const { page, violations } = await pasteCode(builder);
      const button = page.getByRole('button', { name: /^Invite .*Sales talent/ });
      await expect(button).toHaveCSS('background-color', 'rgb(255, 204, 0)');
      await expect(page.locator('evalon-assessments')).toHaveCSS('color-scheme', 'dark');
      await button.click();
      await expect(page.getByText(/^\s*Invited/).first()).toBeVisible();
      assert.equal(evalon.requests.length, 1);
      assert.deepEqual(violations, []);
    });
  }

  it('escapes hostile input', async (test) => {
    const name = `"><script>document.title='hostile'</script>`;
    const builder = await openBuilder(test);
    await builder.getByLabel('A script on your page').check();
    await builder.getByLabel('Candidate’s name').fill(name);
    await builder
      .getByLabel('Path of your token endpoint')
      .fill(`/evalon-token?'</script><script>document.title="hostile"//`);
    await builder.getByLabel('Font').fill('x; } * { display: none');
    const { page } = await pasteCode(builder);
    await expect(page.locator('evalon-assessments')).toContainText(name);
    assert.equal(await page.title(), 'ATS');
    assert.ok(!(await builder.locator('#head').textContent())?.includes('display'));
  });

  it('reports colors with too little contrast until they are reset', async (test) => {
    const builder = await openBuilder(test);
    const report = builder.locator('.contrast-report');
    await expect(report).toContainText(/All \d+ contrasts meet WCAG/);
    await findColorInput(builder, 'accent-light').fill('#e8c14a');
    await expect(report).toContainText(/Invite.* light: 1\.\d:1, required 4\.5:1/);
    await builder.getByRole('button', { name: 'Reset style' }).click();
    await expect(report).toContainText(/All \d+ contrasts meet WCAG/);
    await expect(builder.locator('#head')).not.toContainText('<style>');
  });

  it('lists missing attributes and addresses that cannot work', async (test) => {
    const builder = await openBuilder(test);
    const hints = builder.locator('.hints');
    await builder.getByLabel('Status chip').check();
    await builder.getByLabel('Project').fill('');
    await expect(hints).toContainText('Still missing: project-id');
    await builder.getByLabel('Address of your proxy').fill('evalon.example.com');
    await expect(hints).toContainText('address of your proxy must start');
    await builder.getByLabel('Address of your proxy').fill('http://evalon.example.com');
    await builder.getByLabel('Address of your ATS').fill('https://ats.example.com');
    await expect(hints).toContainText('cannot call a proxy over http');
    await expect(hints).toContainText('requires a sign-in');
  });

  it('starts with the widget’s default colors', async (test) => {
    const builder = await openBuilder(test);
    const defaults = await builder
      .locator('.contrast-samples evalon-assessments')
      .first()
      .evaluate(
        (element, names) => {
          const probe = document.body.appendChild(document.createElement('i'));
          return names.map((name) => {
            const declared = getComputedStyle(element).getPropertyValue(`--_${name}`);
            return ['light', 'dark'].map((scheme) => {
              probe.style.cssText = '';
              probe.style.setProperty('color-scheme', scheme);
              probe.style.setProperty('color', declared);
              return getComputedStyle(probe).color;
            });
          });
        },
        FIXED_COLORS.map(({ name }) => name),
      );
    const rgb = (hex: string) => `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;
    assert.deepEqual(
      defaults,
      FIXED_COLORS.map(({ light, dark }) => [rgb(light), rgb(dark)]),
    );
  });

  it('passes axe and fits a narrow screen, as does the gallery', async (test) => {
    const page = await openBuilder(test);
    for (const path of ['/builder', '/gallery?element=evalon-status']) {
      await page.goto(sandbox.url + path);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(
          await findAxeViolations(page, 'body', { except: ['.previews', '.contrast-samples'] }),
          [],
          `${path}, ${colorScheme}`,
        );
      }
      await page.setViewportSize({ width: 360, height: 800 });
      const [content, screen] = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return [scrollWidth, clientWidth];
      });
      assert.equal(content, screen, path);
      await page.setViewportSize({ width: 1280, height: 800 });
    }
  });
});
