import { assert } from 'chai';
import type { EvalonElement } from '../../../widget/elements/base/evalon-element.ts';
import { copyWith, findButton, findInShadow, mountWithProxy, readText, waitFor, waitForText } from '../fixture.ts';
import { buildSession, problemResponse, ScriptedProxy } from '../scripted-proxy.ts';

const JANE = { 'candidate-email': 'jane@example.com', 'candidate-name': 'Jane Smith', 'project-id': 'p1' };
const SCORECARD = {
  overall: 82,
  overall_max: 100,
  sections: [
    {
      name: 'Planning',
      score: 91,
      max_score: 100,
      questions: [
        { title: 'What first?', score: 8.5, max_score: 10, feedback: 'Starts from the audience.', time_seconds: 412 },
        { title: 'What then?', score: null, max_score: 100 },
      ],
    },
    { name: 'Writing', score: 7, max_score: 10, questions: [] },
  ],
  narrative: ' Plans well.\nAsk about failure. ',
};

function buildFinishedSession(changes: Record<string, unknown> = {}) {
  return buildSession('jane@example.com', {
    session_uuid: 's1',
    status: 'completed',
    completed_at: '2026-01-15T14:30:00.000Z',
    ...changes,
  });
}

async function mountResult({
  comparison = false,
  scorecard = SCORECARD as Record<string, unknown>,
  percentile = 70,
} = {}) {
  const proxy = new ScriptedProxy();
  proxy.clientConfig = { ...proxy.clientConfig, comparison };
  proxy.sessions = [buildFinishedSession()];
  proxy.scorecard = scorecard;
  proxy.override = ({ path }) => (path.endsWith('/standing') ? Response.json({ count: 24, percentile }) : undefined);
  const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
  // A loaded result ends with its buttons, or with a message if it is empty.
  await waitFor(() => panel.shadowRoot?.querySelector('.findings .actions, .findings > p:last-child:not(.skeleton)'));
  return { proxy, panel };
}

const countStandingRequests = (proxy: ScriptedProxy) =>
  proxy.requests.filter(({ path }) => path.endsWith('/standing')).length;

describe('a result', () => {
  it('shows its copy and print buttons at once', async () => {
    const { panel } = await mountResult();
    assert.equal(findButton(panel, 'Copy result:').textContent, 'Copy result');
    assert.equal(findButton(panel, 'Print result:').textContent, 'Print result');
  });

  it('hides the content below it until the result has loaded, so that nothing moves', async () => {
    const scorecard = Promise.withResolvers<Response>();
    const proxy = new ScriptedProxy();
    proxy.sessions = [buildFinishedSession()];
    proxy.override = ({ path }) => (path.endsWith('/scorecard') ? scorecard.promise : undefined);
    const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    const history = await waitFor(() => panel.shadowRoot?.querySelector<HTMLElement>('[part=history]'));
    assert.isNotNull(findInShadow(panel, '.skeleton'));
    assert.isFalse(history.checkVisibility());
    scorecard.resolve(Response.json(SCORECARD));
    await waitFor(() => history.checkVisibility());
    assert.isNotNull(findInShadow(panel, '[part=narrative]'));
  });

  it('shows beside the score how long the assessment took, when it ended, and how the score compares', async () => {
    const { panel } = await mountResult({ comparison: true });
    await waitForText(panel, 'Higher than');
    const facts = [...(panel.shadowRoot?.querySelectorAll('[part=overall] p') ?? [])].map((fact) => fact.textContent);
    assert.deepEqual(facts, ['Took 6 min 52 s', 'Completed Jan 15, 2026', 'Higher than 70% of the other 23 results']);
  });

  it('shows a dial and bars in proportion to the scores, each with its number as text', async () => {
    const { panel } = await mountResult();
    const [track, value] = panel.shadowRoot?.querySelectorAll('.dial circle') ?? [];
    assert.equal(value?.getAttribute('pathLength'), '100');
    assert.equal(value?.getAttribute('stroke-dasharray'), '82 100');
    assert.isNull(track?.getAttribute('stroke-dasharray'));
    assert.equal(findInShadow(panel, '[part=overall] b').textContent, '82');
    const bars = [...(panel.shadowRoot?.querySelectorAll('[part=bar]') ?? [])];
    assert.deepEqual(
      bars.map((bar) => [bar.getAttribute('aria-label'), bar.lastElementChild?.getAttribute('width')]),
      [
        ['91 of 100', '91%'],
        ['7 of 10', '70%'],
      ],
    );
    assert.isEmpty(panel.shadowRoot?.querySelectorAll('[style]'));
  });

  it('has neither a dial nor a bar for a score whose maximum is unknown', async () => {
    const { panel } = await mountResult({ scorecard: { overall: 82, sections: [{ name: 'Planning', score: 91 }] } });
    assert.equal(findInShadow(panel, '[part=overall] .figure').textContent, '82');
    assert.equal(findInShadow(panel, '.line').textContent?.replaceAll(/\s+/g, ' ').trim(), 'Planning 91');
    assert.isEmpty(panel.shadowRoot?.querySelectorAll('[part=dial], [part=bar]'));
  });

  it('shows a score together with its maximum if the maximum is not 100', async () => {
    const { panel } = await mountResult({ scorecard: { overall: 8.2, overall_max: 10, sections: [] } });
    assert.equal(findInShadow(panel, '[part=overall] .figure').textContent, '8.2 / 10');
    const arc = panel.shadowRoot?.querySelectorAll('.dial circle')[1];
    assert.equal(Number.parseFloat(arc?.getAttribute('stroke-dasharray') ?? '').toFixed(3), '82.000');
  });

  it('expands a section into its questions, with score, feedback and time', async () => {
    const { panel } = await mountResult();
    assert.lengthOf(panel.shadowRoot?.querySelectorAll('[part=section] details') ?? [], 1);
    findInShadow(panel, 'summary').click();
    const [first, second] = panel.shadowRoot?.querySelectorAll('[part=question]') ?? [];
    const toOneLine = (node?: Element) => node?.textContent?.replaceAll(/\s+/g, ' ').trim();
    assert.equal(toOneLine(first), 'What first?8.5/10 Starts from the audience. Took 6 min 52 s');
    assert.equal(toOneLine(second), 'What then?–');
  });

  for (const [name, scorecard, text] of [
    ['overall score', { sections: SCORECARD.sections, narrative: 'Plans well.' }, "hasn't returned an overall score."],
    ['sections', { overall: 82, narrative: 'Plans well.' }, "hasn't returned section scores."],
    ['summary', { overall: 82, sections: SCORECARD.sections }, "hasn't returned a summary."],
    ['scores', { narrative: 'Plans well.' }, "hasn't returned any scores."],
    ['overall score and summary', { sections: SCORECARD.sections }, "hasn't returned an overall score or a summary."],
    ['sections and summary', { overall: 82 }, "hasn't returned section scores or a summary."],
  ] as const) {
    it(`shows that Evalon hasn't returned: ${name}`, async () => {
      const { panel } = await mountResult({ scorecard });
      await waitForText(panel, text);
      findButton(panel, 'Copy result');
    });
  }

  it('has no notice of missing parts if Evalon returned all of them', async () => {
    const { panel } = await mountResult();
    assert.notInclude(readText(panel), "hasn't returned");
  });

  it('shows a message if Evalon returned no scores and no summary', async () => {
    const { panel } = await mountResult({ scorecard: { overall: null, sections: [] } });
    assert.include(readText(panel), 'Evalon returned no scores and no summary.');
    assert.throws(() => findButton(panel, 'Copy result'));
  });

  it('has headings, and buttons whose labels contain the candidate’s name', async () => {
    const { panel } = await mountResult();
    const headings = [...(panel.shadowRoot?.querySelectorAll('h2, h3, h4') ?? [])];
    assert.deepEqual(
      headings.map(({ localName, textContent }) => `${localName} ${textContent}`),
      ['h2 Assessments', 'h3 Marketing', 'h4 Overall', "h4 Evalon's summary"],
    );
    for (const label of ['Copy result', 'Print result']) findButton(panel, `${label}: Jane Smith, Marketing`);
    assert.equal(findInShadow(panel, 'section').getAttribute('aria-label'), 'Assessments: Jane Smith');
  });

  it('shows a percentile without judging words if the company enables comparison, and keeps it current', async () => {
    const { panel, proxy } = await mountResult({ comparison: true });
    await waitForText(panel, 'Higher than 70% of the other 23 results');
    assert.notMatch(readText(panel), /\b(best|top|rank|recommend|above average|strong)/i);
    assert.equal(countStandingRequests(proxy), 1);
    (await proxy.waitForStream()).sendEvent(
      'e.2',
      'session',
      buildFinishedSession({ updated_at: '2026-01-16T10:00:00.000Z' }),
    );
    await waitFor(() => countStandingRequests(proxy) === 2);
  });

  for (const [percentile, sentence] of [
    [100, 'Higher than all 23 other results'],
    [0, 'Lower than all 23 other results'],
  ] as const) {
    it(`shows a percentile of ${percentile} in words`, async () => {
      const { panel } = await mountResult({ comparison: true, percentile });
      await waitForText(panel, sentence);
      assert.notInclude(readText(panel), '%');
    });
  }

  it('shows no percentile if the company disables comparison', async () => {
    const { panel, proxy } = await mountResult({ comparison: false });
    assert.notInclude(readText(panel), 'Higher than');
    assert.equal(countStandingRequests(proxy), 0);
  });

  for (const [cause, respond] of [
    ['too few results to compare', () => problemResponse(404, 'not_found')],
    ['an invalid response', () => Response.json({ percentile: 'high' })],
  ] as const) {
    it(`shows no percentile after ${cause}, and sends no further request`, async () => {
      const proxy = new ScriptedProxy();
      proxy.clientConfig = { ...proxy.clientConfig, comparison: true };
      proxy.sessions = [buildFinishedSession()];
      proxy.scorecard = SCORECARD;
      proxy.override = ({ path }) => (path.endsWith('/standing') ? respond() : undefined);
      const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
      await waitFor(() => countStandingRequests(proxy));
      await waitFor(() => findButton(panel, 'Copy result'));
      panel.requestUpdate();
      await panel.updateComplete;
      assert.notInclude(readText(panel), 'Higher than');
      assert.equal(countStandingRequests(proxy), 1);
    });
  }

  it('can be copied as text', async () => {
    const { panel } = await mountResult({ comparison: true });
    await waitForText(panel, 'Higher than');
    const text = await copyWith(panel, 'Copy result');
    assert.deepEqual(text.split('\n'), [
      'Jane Smith, Marketing (jane@example.com)',
      'Completed Jan 15, 2026. Overall 82 / 100. Higher than 70% of the other 23 results',
      '',
      'Planning: 91',
      'Writing: 7/10',
      '',
      'Plans well.',
      'Ask about failure.',
    ]);
  });

  it('is printed alone, with its questions expanded, and leaves no frame in the page', async () => {
    const { panel } = await mountResult({ comparison: true });
    await waitForText(panel, 'Higher than');
    const page = print(panel);
    assert.equal(page.title, 'Jane Smith, Marketing');
    for (const text of [
      'Jane Smith',
      'jane@example.com',
      'Marketing',
      'Completed Jan 15, 2026',
      '82',
      'Higher than 70%',
    ]) {
      assert.include(page.text, text);
    }
    for (const text of ['Planning', 'What first?', '8.5/10', 'Took 6 min 52 s', 'Plans well.']) {
      assert.include(page.text, text);
    }
    assert.equal(page.controlCount, 0);
    assert.equal(page.accent, '#000', 'printed in black');
    assert.isTrue(page.frame.isConnected);
    page.frame.contentWindow?.dispatchEvent(new Event('afterprint'));
    assert.isFalse(page.frame.isConnected);
  });
});

/** Clicks Print and returns what the browser would print. */
function print(panel: EvalonElement) {
  const { body } = document;
  const printed: { frame: HTMLIFrameElement; title: string; text: string; controlCount: number; accent: string }[] = [];
  body.append = (...nodes: (Node | string)[]) => {
    const [frame] = nodes as HTMLIFrameElement[];
    const replacePrint = () => {
      const page = frame?.contentWindow;
      if (!frame || !page) return;
      page.print = () => {
        const host = page.document.body.firstElementChild as HTMLElement;
        printed.push({
          frame,
          title: page.document.title,
          text: host.shadowRoot?.textContent ?? '',
          controlCount: host.shadowRoot?.querySelectorAll('button, a, details').length ?? -1,
          accent: page.getComputedStyle(host).getPropertyValue('--_accent'),
        });
      };
    };
    // The widget calls `print` when the frame has loaded. A capturing listener runs before the widget's.
    frame?.addEventListener('load', replacePrint, true);
    HTMLElement.prototype.append.apply(body, nodes);
  };
  try {
    findButton(panel, 'Print result').click();
  } finally {
    Reflect.deleteProperty(body, 'append');
  }
  const [page] = printed;
  if (!page) throw new Error('the widget printed nothing');
  return page;
}

describe('sessions of other projects', () => {
  it('are collapsed to status and score, and load their result when the recruiter opens them', async () => {
    const proxy = new ScriptedProxy();
    proxy.sessions = [
      buildSession('jane@example.com', { session_uuid: 'here' }),
      buildFinishedSession({
        session_uuid: 'there',
        project_id: 'p9',
        assessment_type: 'cold_calling',
        score_summary: { overall: 64, sections: [] },
      }),
    ];
    proxy.scorecard = { ...SCORECARD, overall: 64 };
    const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    const collapsed = await waitFor(() => findInShadow<HTMLDetailsElement>(panel, '#there'));
    assert.equal(panel.shadowRoot?.querySelector('[part=assessment]')?.id, 'here');
    const line = collapsed.querySelector('summary')?.textContent?.replaceAll(/\s+/g, ' ');
    assert.equal(line?.trim(), 'Cold callingCompleted Jan 15, 2026 (another project)Completed 64');
    assert.isEmpty(proxy.requestsTo('/v1/sessions/there/scorecard'));
    collapsed.querySelector('summary')?.click();
    await waitForText(panel, 'Plans well.');
    assert.lengthOf(proxy.requestsTo('/v1/sessions/there/scorecard'), 1);
    collapsed.querySelector('summary')?.click();
    await waitFor(() => !readText(panel).includes('Plans well.'));
  });

  it('show the date before the project on a right-to-left page too', async () => {
    const proxy = new ScriptedProxy();
    proxy.sessions = [buildFinishedSession({ project_id: 'p9' })];
    const panel = await mountWithProxy(proxy, 'evalon-assessments', { ...JANE, dir: 'rtl' });
    const [date, project] = await waitFor(() => {
      const parts = [...(panel.shadowRoot?.querySelectorAll('summary p bdi') ?? [])];
      return parts.length === 2 ? parts.map((part) => part.getBoundingClientRect()) : undefined;
    });
    assert.isAtLeast(date?.left ?? Number.NaN, project?.right ?? Number.NaN);
  });
});
