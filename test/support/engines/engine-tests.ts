/** Tests the widget in one browser engine. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it, type TestContext } from 'node:test';
import { buildIfStale } from '../../../.config/build.ts';
import { PANEL } from '../../../proxy/sandbox/gallery/story.ts';
import { systemClock } from '../../../proxy/util/clock.ts';
import { findSessionId, startE2eStack } from '../../e2e/stack.ts';
import { createRecruiterClient } from '../api-client.ts';
import { createCleanup } from '../cleanup.ts';
import { waitFor } from '../eventually.ts';
import { PANEL_HTML } from '../host-app.ts';
import { startSandbox } from '../proxy.ts';
import { type Key, writeCall } from './engine-page.ts';
import { type EngineName, findEngine, type RunningEngine } from './find-engine.ts';
import { locate, measureDial, readFocusedText, readText, readTitleAlignments } from './in-page.ts';
import { createStoryPlayer, listLayoutFaults, PANEL_STORIES } from './run-stories.ts';

/** Evaluates to the names of the pinned files that the page has loaded. */
const LIST_PINNED_FILES = `performance.getEntriesByType('resource').flatMap(({ name }) => name.split('/embed/')[1] ?? [])`;

/** For `click` and `locate`: every text begins with it. */
const ANY_TEXT = '';

/** More than the number of controls on any page. */
const MAX_TAB_PRESSES = 20;

/** Defines the tests of an engine. Prints what ran, or why nothing could. */
export async function testEngine(name: EngineName): Promise<void> {
  const found = await findEngine(name);
  if (found.missing !== undefined) console.log(`SKIPPED ${name}: ${found.missing}`);
  const figures = { startedAt: 0, tests: 0, stories: 0, back: '' };
  let engine: RunningEngine;

  before(async () => {
    if (found.missing !== undefined) return;
    await buildIfStale();
    figures.startedAt = performance.now();
    engine = await found.launch();
  });
  afterEach(() => {
    figures.tests += 1;
  });
  after(async () => {
    if (found.missing !== undefined) return;
    await engine.close();
    const seconds = ((performance.now() - figures.startedAt) / 1000).toFixed(0);
    console.log(
      `${name} ${engine.version} by ${engine.driver}: ${figures.tests} tests, ${figures.stories} states of a profile, ${seconds} s. ${figures.back}`,
    );
  });

  const readPage = async (selector = 'body') => String(await engine.page.evaluate(writeCall(readText, selector)));

  /** Waits until the page shows the text. */
  const waitForText = (expected: string, selector?: string) =>
    waitFor(async () => {
      const shown = await readPage(selector);
      assert.ok(shown.includes(expected), `${expected} in: ${shown}`);
      return true;
    });

  /** Clicks with the pointer on the first visible element whose text begins with `text`. */
  async function click(text: string, selector = 'button'): Promise<void> {
    const point = await waitFor(() => engine.page.evaluate(writeCall(locate, selector, text)));
    await engine.page.clickAt(point as { x: number; y: number });
  }

  /** Moves the focus to the control whose text begins with `text`, with the Tab key. */
  async function tabTo(text: string): Promise<void> {
    for (let tabs = 0; tabs < MAX_TAB_PRESSES; tabs++) {
      await engine.page.press('Tab');
      if (String(await engine.page.evaluate(writeCall(readFocusedText))).startsWith(text)) return;
    }
    assert.fail(`Tab does not reach ${text}`);
  }

  /** Leaves the test's page before the test's servers end, so that no connection delays their end. */
  function prepareCleanup(context: TestContext) {
    const cleanup = createCleanup(context);
    return {
      after(task: () => unknown) {
        cleanup.after(async () => {
          await engine.page.goto('about:blank');
          await task();
        });
      },
    };
  }

  async function startGallery(context: TestContext) {
    const sandbox = await startSandbox();
    prepareCleanup(context).after(() => sandbox.close());
    return createStoryPlayer(engine.page, sandbox.url);
  }

  describe(`the widget in ${name}`, { skip: found.missing ?? false }, () => {
    it('leads a recruiter from the invite to the result by clicks, without a reload', async (context) => {
      const sandbox = await startSandbox();
      prepareCleanup(context).after(() => sandbox.close());
      await sandbox.context.sandbox?.seed();
      await engine.page.goto(sandbox.url);
      await click('Ada Demo', 'a');
      await click('Invite');
      await waitForText('Invited', PANEL);
      // The panel shows this text last. Until then, the panel grows and moves what is below it.
      await waitForText('Send the link yourself', PANEL);
      await click('finish for Ada');
      await waitForText('Completed', PANEL);
      await waitForText('/ 100', PANEL);
      assert.equal(await engine.page.evaluate(writeCall(locate, '[part~=question]', ANY_TEXT)), null);
      await click(ANY_TEXT, '[part~=section] summary');
      await waitFor(() => engine.page.evaluate(writeCall(locate, '[part~=question]', ANY_TEXT)));
    });

    for (const key of ['Enter', 'Space'] satisfies Key[])
      it(`invites with Tab and ${key} alone, on a page with the strictest CSP, without a violation`, async (context) => {
        const { evalon, ats } = await startE2eStack(prepareCleanup(context));
        await engine.page.goto(ats.url);
        // Without a control in the page, Tab would move the focus to the browser's own controls.
        await waitForText('Invite to Marketing');
        await tabTo('Invite');
        await engine.page.press(key);
        await waitForText('Invited');
        await evalon.completeSession(findSessionId(evalon));
        await waitForText('82');
        await waitForText('Campaign planning');
        // Some browsers request an icon that no page asked for.
        const reports = ats.cspReports.filter((report) => !report.includes('/favicon.ico'));
        assert.deepEqual(reports, []);
      });

    it('loads the pinned file and its result part once each, and no file with another hash', async (context) => {
      const { evalon, ats, proxy } = await startE2eStack(prepareCleanup(context));
      const { version, integrity } = proxy.context.pinnedFiles.current ?? assert.fail('the widget is not built');
      ats.scriptPath = `/embed/${version}.js`;
      const listFiles = async () => ((await engine.page.evaluate(LIST_PINNED_FILES)) as string[]).join();
      const wrongIntegrity = integrity.replace(/-.{4}/, '-AAAA');
      ats.scriptAttributes = `integrity="${wrongIntegrity}" data-token-url="/evalon-token"`;
      await engine.page.goto(ats.url);
      assert.equal(await engine.page.evaluate(`'EvalonWidget' in window`), false);

      ats.scriptAttributes = `integrity="${integrity}" data-token-url="/evalon-token"`;
      await engine.page.goto(ats.url);
      await click('Invite');
      await waitForText('Invited');
      assert.equal(await listFiles(), `${version}.js`);
      await evalon.completeSession(findSessionId(evalon));
      await waitForText('Campaign planning');
      assert.equal(await listFiles(), `${version}.js,${version}.result.part.js`);
    });

    it('reports to the page’s server what the strictest CSP forbids', async (context) => {
      const { ats } = await startE2eStack(prepareCleanup(context));
      ats.body = `<script>document.title = 'forbidden'</script>${PANEL_HTML}`;
      await engine.page.goto(ats.url);
      await waitFor(() => ats.cspReports.some((report) => report.includes('script-src')));
      assert.equal(await engine.page.evaluate('document.title'), 'ATS');
    });

    it('shows each state of a profile with its text, and nothing cut off at 280 px', async (context) => {
      const showStory = await startGallery(context);
      const faults: string[] = [];
      for (const { story } of PANEL_STORIES) {
        await showStory(story.id);
        faults.push(...(await listLayoutFaults(engine.page)).map((fault) => `${story.id}: ${fault}`));
        figures.stories += 1;
      }
      assert.deepEqual(faults, []);
    });

    it('draws a narrow result’s dial 80 px wide, with the score in its middle', async (context) => {
      const showStory = await startGallery(context);
      for (const width of [280, 420] as const) {
        await showStory('completed', { width });
        const { widthPx, offsetPx } = (await engine.page.evaluate(writeCall(measureDial, PANEL))) as ReturnType<
          typeof measureDial
        >;
        assert.ok(Math.abs(widthPx - 80) < 1, `${widthPx} px wide in ${width} px`);
        assert.ok(offsetPx < 2, `the score is ${offsetPx} px from the middle in ${width} px`);
      }
    });

    it('aligns the wrapped English titles of a right-to-left page at the right', async (context) => {
      const showStory = await startGallery(context);
      await showStory('completed-unfolded', { dir: 'rtl' });
      const alignments = (await engine.page.evaluate(writeCall(readTitleAlignments, PANEL))) as string[];
      assert.ok(alignments.length > 0);
      assert.deepEqual(new Set(alignments), new Set(['right']));
    });

    it('orders sessions that began at the same moment by their ids', async (context) => {
      const labels = ['Design', 'Legal', 'Sales', 'Support'];
      const offered = labels.map((label) => ({
        project_id: `proj_${label.toLowerCase()}`,
        assessment_type: label.toLowerCase(),
        label,
      }));
      const now = Date.now();
      const { ats, proxy } = await startE2eStack(
        prepareCleanup(context),
        {
          ASSESSMENTS: JSON.stringify([
            { project_id: 'proj_abc123', assessment_type: 'marketing', label: 'Marketing' },
            ...offered,
          ]),
        },
        { ...systemClock, now: () => now },
      );
      const recruiter = await createRecruiterClient(proxy.url);
      const sessions: { id: string; label: string }[] = [];
      for (const { label, ...assessment } of offered) {
        const { status, body } = await recruiter.invite(assessment);
        assert.equal(status, 201);
        sessions.push({ id: body.session_uuid, label });
      }
      await engine.page.goto(ats.url);
      await waitForText('Support');
      const shown = await readPage(PANEL);
      const expected = sessions.sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ label }) => label);
      assert.deepEqual(
        labels.toSorted((a, b) => shown.indexOf(a) - shown.indexOf(b)),
        expected,
      );
    });

    it('shows the newest state after Back', async (context) => {
      const { evalon, ats } = await startE2eStack(prepareCleanup(context));
      await engine.page.goto(ats.url);
      await click('Invite');
      await waitForText('Invited');
      await engine.page.evaluate(`document.documentElement.dataset.isFirstVisit = ''`);
      await engine.page.goto(`${ats.url}/another-page`);
      await evalon.completeSession(findSessionId(evalon));
      await engine.page.goBack();
      await waitForText('Completed');
      await waitForText('82');
      const isRestored = await engine.page.evaluate(`'isFirstVisit' in document.documentElement.dataset`);
      figures.back = `Back ${isRestored ? 'restores the page from the back/forward cache' : 'reloads the page'}.`;
    });
  });
}
