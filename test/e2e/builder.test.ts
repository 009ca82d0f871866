/** The builder's snippets work in a page of another origin whose CSP allows only the sources that the builder lists. */
import { readConfig } from '../../proxy/config/config.ts';
import { COLORS } from '../../proxy/sandbox/builder/tokens.ts';
import { type RunningProxy, startProxy } from '../../proxy/server.ts';
import { startEvalon } from '../support/evalon.ts';
import { startProxy as startProduction } from '../support/proxy.ts';
import { type StaticSite, startStaticSite } from '../support/static-site.ts';
import { expect, inShortRunIf, type Page, test } from './fixtures.ts';
import {
  collectCspViolations,
  expectAccessible,
  expectInvited,
  expectNoHorizontalScrolling,
  inviteButton,
} from './panel.ts';

let site: StaticSite;
let sandbox: RunningProxy;

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test.beforeAll(async () => {
  site = await startStaticSite();
  const settings = { PORT: '0', DATABASE_URL: 'file::memory:', LOG_LEVEL: 'silent', ALLOWED_ORIGINS: site.url };
  sandbox = await startProxy(readConfig(settings));
});
test.afterAll(() => Promise.all([sandbox?.close(), site?.close()]));

async function openBuilder(page: Page): Promise<void> {
  await page.goto(`${sandbox.url}/builder`);
  await page.getByLabel('Address of your ATS').fill(site.url);
  await expect(page.locator('#settings')).toContainText(site.url);
}

/** The colors that the widget defines. The page defines the other colors. */
const OWN_COLORS = COLORS.filter(({ followsPage }) => !followsPage);

const colorInput = (page: Page, name: string) => page.locator(`input[name="${name}"]`);

/** Clicks a snippet's copy button, and returns the clipboard's text. */
async function copySnippet(page: Page, title: string): Promise<string> {
  await page.getByRole('button', { name: `Copy: ${title}` }).click();
  await expect(page.getByRole('status').filter({ hasText: `Copied: ${title}` })).toHaveCount(1);
  return page.evaluate(() => navigator.clipboard.readText());
}

async function openSite(builder: Page): Promise<{ page: Page; violations: string[] }> {
  const page = await builder.context().newPage();
  const violations = collectCspViolations(page);
  await page.goto(site.url);
  return { page, violations };
}

/** Opens a page that contains the builder's snippets and has the CSP that the builder shows. */
async function openPageWithSnippets(builder: Page): Promise<{ page: Page; violations: string[] }> {
  const head = await copySnippet(builder, 'In the head');
  const element = await copySnippet(builder, 'Where the element should appear');
  site.html = `<!doctype html><html><head><title>ATS</title>${head}</head><body>${element}</body></html>`;
  site.csp = `default-src 'none'; ${await copySnippet(builder, 'Content security policy')}`;
  return openSite(builder);
}

test.describe('the builder', () => {
  test('starts with the sandbox’s allowed origins, and shows the start command of the proxy', {
    tag: '@release',
  }, async ({ page }) => {
    await page.goto(`${sandbox.url}/builder`);
    await expect(page.getByLabel('Address of your ATS')).toHaveValue(site.url);
    const { port } = new URL(sandbox.url);
    await expect(page.locator('#settings')).toHaveText(`PORT=${port} ALLOWED_ORIGINS=${site.url} npm start`);
  });

  test('offers a complete page that works unchanged, including its CSP', async ({ page: builder }) => {
    await openBuilder(builder);
    site.html = await copySnippet(builder, 'Test page');
    // The test page has its CSP in a <meta> element.
    site.csp = '';
    const { page, violations } = await openSite(builder);
    await inviteButton(page).click();
    await expectInvited(page);
    expect(violations).toEqual([]);
  });

  test('offers a working script tag for one version, with integrity', { tag: '@release' }, async ({
    page: builder,
  }) => {
    await openBuilder(builder);
    const tag = await copySnippet(builder, 'Script tag for version');
    expect(tag).toMatch(/src="[^"]+\/embed\/\d[^"]+\.js" integrity="sha384-[^"]{64}"><\/script>$/);
    const head = await copySnippet(builder, 'In the head');
    const testPage = (await copySnippet(builder, 'Test page')).replace(head, tag);
    // An earlier test may have invited the candidate of the test page.
    site.html = testPage.replace(/candidate-email="[^"]+"/, 'candidate-email="pinned@example.com"');
    expect(site.html).toContain('pinned@example.com');
    site.csp = '';
    const { page, violations } = await openSite(builder);
    await inviteButton(page).click();
    await expectInvited(page);
    expect(violations).toEqual([]);
  });

  for (const [tag, name, expectedText] of [
    ['evalon-invite-button', 'Invite button', /Invite/],
    ['evalon-status', 'Status chip', /invited/i],
    // The form’s default session id is only an example: the sandbox has no such session.
    ['evalon-scorecard', 'Scorecard', /doesn't exist/],
    ['evalon-inbox', 'Inbox', /Assessment inbox/],
  ] as const) {
    test(`offers snippets of ${tag} that work`, { tag: '@release' }, async ({ page: builder }) => {
      await openBuilder(builder);
      await builder.getByRole('radio', { name }).check();
      const { page, violations } = await openPageWithSnippets(builder);
      await expect(page.locator(tag)).toContainText(expectedText);
      expect(violations).toEqual([]);
    });
  }

  for (const [tokenSource, label] of [
    ['data-token-url', 'Your backend returns'],
    ['getToken', 'A script on your page'],
  ] as const) {
    const title = `offers snippets that work with a production proxy, a token from ${tokenSource}, and chosen colors and theme`;
    test(title, inShortRunIf(tokenSource === 'data-token-url'), async ({ page: builder, cleanup }) => {
      const evalon = await startEvalon();
      const proxy = await startProduction(evalon, { ALLOWED_ORIGINS: site.url });
      cleanup.after(() => Promise.all([proxy.close(), evalon.close()]));
      await openBuilder(builder);
      await builder.getByLabel('Address of your proxy').fill(`${proxy.url}/`);
      await builder.getByLabel(label).check();
      await builder.getByLabel('Project').fill('proj_abc123');
      await builder.getByLabel('Others').fill('sales:Sales talent');
      await builder.getByLabel('Theme').selectOption('dark');
      await colorInput(builder, 'accent-dark').fill('#ffcc00');
      const { page, violations } = await openPageWithSnippets(builder);
      const button = page.getByRole('button', { name: /^Invite .*Sales talent/ });
      await expect(button).toHaveCSS('background-color', 'rgb(255, 204, 0)');
      await expect(page.locator('evalon-assessments')).toHaveCSS('color-scheme', 'dark');
      await button.click();
      await expectInvited(page);
      expect(evalon.requests).toHaveLength(1);
      expect(violations).toEqual([]);
    });
  }

  test('escapes any input', async ({ page: builder }) => {
    const name = `"><script>document.title='hostile'</script>`;
    await openBuilder(builder);
    await builder.getByLabel('A script on your page').check();
    await builder.getByLabel("Candidate's name").fill(name);
    await builder
      .getByLabel('Path of your token endpoint')
      .fill(`/evalon-token?'</script><script>document.title="hostile"//`);
    await builder.getByLabel('Font').fill('x; } * { display: none');
    const { page } = await openPageWithSnippets(builder);
    await expect(page.locator('evalon-assessments')).toContainText(name);
    await expect(page).toHaveTitle('ATS');
    await expect(builder.locator('#head')).not.toContainText('display');
  });

  test('warns of colors with too little contrast until they are reset', { tag: '@release' }, async ({
    page: builder,
  }) => {
    await openBuilder(builder);
    const report = builder.locator('.contrast-report');
    await expect(report).toContainText(/All \d+ contrasts meet WCAG/);
    await colorInput(builder, 'accent-light').fill('#e8c14a');
    await expect(report).toContainText(/Invite.* light: 1\.\d:1, required 4\.5:1/);
    await builder.getByRole('button', { name: 'Reset style' }).click();
    await expect(report).toContainText(/All \d+ contrasts meet WCAG/);
    await expect(builder.locator('#head')).not.toContainText('<style>');
  });

  test('lists the parts of the chosen element', async ({ page: builder }) => {
    await openBuilder(builder);
    await builder.getByText('Parts for ::part()').click();
    await expect(builder.getByRole('list', { name: 'Parts of evalon-assessments' })).toContainText('dial');
    await builder.getByLabel('Status chip').check();
    await expect(builder.getByRole('list', { name: 'Parts of evalon-status' }).getByRole('listitem')).toHaveText([
      'status',
      'overall',
      'hint',
    ]);
    await expect(builder.getByRole('list', { name: 'Parts of evalon-assessments' })).toBeHidden();
  });

  test('lists missing inputs and invalid combinations', { tag: '@release' }, async ({ page: builder }) => {
    await openBuilder(builder);
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

  test('starts with the widget’s own colors', { tag: '@release' }, async ({ page: builder }) => {
    await openBuilder(builder);
    const widgetColors = await builder
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
        OWN_COLORS.map(({ name }) => name),
      );
    const toRgb = (hex: string) =>
      `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;
    expect(widgetColors).toEqual(OWN_COLORS.map(({ light, dark }) => [toRgb(light), toRgb(dark)]));
  });

  for (const path of ['/builder', '/gallery?element=evalon-status']) {
    test(`passes axe and fits a narrow screen at ${path}`, { tag: '@release' }, async ({ page }) => {
      await page.goto(sandbox.url + path);
      await expectAccessible(page, { except: ['.previews', '.contrast-samples'] });
      await expectNoHorizontalScrolling(page);
    });
  }
});
