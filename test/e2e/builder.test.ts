/** What is copied from the builder works the first time, on a page of another origin that allows what the builder says. */
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

/** The builder in a page of its own, told where the ATS is. */
async function openBuilder(test: TestContext): Promise<Page> {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  test.after(() => context.close());
  const page = await context.newPage();
  await page.goto(`${sandbox.url}/builder`);
  await page.getByLabel('Address of your ATS').fill(site.url);
  await expect(page.locator('#settings')).toContainText(site.url);
  return page;
}

/** Colours that the widget has of its own, and does not take from the page. */
const OWN = COLORS.filter(({ followsPage: follows }) => !follows);

const colour = (page: Page, name: string) => page.locator(`input[name="${name}"]`);

/** What the button beside a text puts on the clipboard. */
async function copied(page: Page, title: string): Promise<string> {
  await page.getByRole('button', { name: `Copy: ${title}` }).click();
  await expect(page.getByRole('status').filter({ hasText: `Copied: ${title}` })).toHaveCount(1);
  return page.evaluate(() => navigator.clipboard.readText());
}

/** A new page at the site, and what its policy has refused. */
async function openSite(builder: Page): Promise<{ page: Page; refused: string[] }> {
  const page = await builder.context().newPage();
  const refused: string[] = [];
  page.on('console', (message) => {
    if (/policy|violates|CORS|TrustedHTML/i.test(message.text())) refused.push(message.text());
  });
  await page.goto(site.url);
  return { page, refused };
}

/** The snippets, pasted into a page whose policy allows what the builder says and nothing else. */
async function pasted(builder: Page): Promise<{ page: Page; refused: string[] }> {
  const [head, element] = [await copied(builder, 'In the head'), await copied(builder, 'In the place of the element')];
  site.html = `<!doctype html><html><head><title>ATS</title>${head}</head><body>${element}</body></html>`;
  site.csp = `default-src 'none'; ${await copied(builder, 'Content security policy')}`;
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

  it('begins with the pages that the sandbox was started for, and says how to start it so again', async (test) => {
    const context = await browser.newContext();
    test.after(() => context.close());
    const page = await context.newPage();
    await page.goto(`${sandbox.url}/builder`);
    await expect(page.getByLabel('Address of your ATS')).toHaveValue(site.url);
    const { port } = new URL(sandbox.url);
    await expect(page.locator('#settings')).toHaveText(`PORT=${port} ALLOWED_ORIGINS=${site.url} npm start`);
  });

  it('gives a page that works as it is, policy included', async (test) => {
    const builder = await openBuilder(test);
    site.html = await copied(builder, 'Test page');
    site.csp = '';
    const { page, refused } = await openSite(builder);
    await page
      .getByRole('button', { name: /^Invite/ })
      .first()
      .click();
    await expect(page.getByText(/^\s*Invited/).first()).toBeVisible();
    assert.deepEqual(refused, []);
  });

  it('gives snippets that work, of each element', async (test) => {
    const builder = await openBuilder(test);
    for (const [tag, name, shows] of [
      ['evalon-invite-button', 'Invite button', /Invite/],
      ['evalon-status', 'Status chip', /invited/i],
      ['evalon-scorecard', 'Scorecard', /no such assessment/],
      ['evalon-inbox', 'Inbox', /Assessment inbox/],
    ] as const) {
      await builder.getByLabel(name).check();
      const { page, refused } = await pasted(builder);
      await expect(page.locator(tag)).toContainText(shows);
      assert.deepEqual(refused, []);
      await page.close();
      await builder.bringToFront();
    }
  });

  for (const [way, label] of [
    ['data-token-url', 'Your backend returns'],
    ['getToken', 'A script on your page'],
  ] as const) {
    it(`gives snippets that work with a production proxy, signed in by ${way}, in colours and a theme of IT’s own`, async (test) => {
      const evalon = await startEvalon();
      const proxy = await startProduction(evalon, { ALLOWED_ORIGINS: site.url });
      test.after(() => Promise.all([proxy.close(), evalon.close()]));
      const builder = await openBuilder(test);
      await builder.getByLabel('Address of your proxy').fill(`${proxy.url}/`);
      await builder.getByLabel(label).check();
      await builder.getByLabel('Project').fill('proj_abc123');
      await builder.getByLabel('Others').fill('sales:Sales talent');
      await builder.getByLabel('Theme').selectOption('dark');
      await colour(builder, 'accent-dark').fill('#ffcc00');
      const { page, refused } = await pasted(builder);
      const button = page.getByRole('button', { name: /^Invite .*Sales talent/ });
      await expect(button).toHaveCSS('background-color', 'rgb(255, 204, 0)');
      await expect(page.locator('evalon-assessments')).toHaveCSS('color-scheme', 'dark');
      await button.click();
      await expect(page.getByText(/^\s*Invited/).first()).toBeVisible();
      assert.equal(evalon.requests.length, 1);
      assert.deepEqual(refused, []);
    });
  }

  it('writes what somebody types as text, whatever it is', async (test) => {
    const name = `"><script>document.title='hostile'</script>`;
    const builder = await openBuilder(test);
    await builder.getByLabel('A script on your page').check();
    await builder.getByLabel('Candidate’s name').fill(name);
    await builder
      .getByLabel('Path of your token endpoint')
      .fill(`/evalon-token?'</script><script>document.title="hostile"//`);
    await builder.getByLabel('Font').fill('x; } * { display: none');
    const { page } = await pasted(builder);
    await expect(page.locator('evalon-assessments')).toContainText(name);
    assert.equal(await page.title(), 'ATS');
    assert.ok(!(await builder.locator('#head').textContent())?.includes('display'));
  });

  it('warns of colours that not everybody can read, with the contrast, until they are changed back', async (test) => {
    const builder = await openBuilder(test);
    const verdict = builder.locator('.contrast-report');
    await expect(verdict).toContainText(/All \d+ contrasts meet WCAG/);
    await colour(builder, 'accent-light').fill('#e8c14a');
    await expect(verdict).toContainText(/Invite.* light: 1\.\d:1, required 4\.5:1/);
    await builder.getByRole('button', { name: 'Reset style' }).click();
    await expect(verdict).toContainText(/All \d+ contrasts meet WCAG/);
    await expect(builder.locator('#head')).not.toContainText('<style>');
  });

  it('says what is missing and what cannot work', async (test) => {
    const builder = await openBuilder(test);
    const notes = builder.locator('.hints');
    await builder.getByLabel('Status chip').check();
    await builder.getByLabel('Project').fill('');
    await expect(notes).toContainText('Still missing: project-id');
    await builder.getByLabel('Address of your proxy').fill('evalon.example.com');
    await expect(notes).toContainText('address of your proxy must start');
    await builder.getByLabel('Address of your proxy').fill('http://evalon.example.com');
    await builder.getByLabel('Address of your ATS').fill('https://ats.example.com');
    await expect(notes).toContainText('cannot call a proxy over http');
    await expect(notes).toContainText('requires a sign-in');
  });

  it('begins with the widget’s own colours', async (test) => {
    const builder = await openBuilder(test);
    const own = await builder
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
        OWN.map(({ name }) => name),
      );
    const rgb = (hex: string) => `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;
    assert.deepEqual(
      own,
      OWN.map(({ light, dark }) => [rgb(light), rgb(dark)]),
    );
  });

  it('passes axe itself, and needs no scrolling sideways on a narrow screen, as does the gallery', async (test) => {
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
