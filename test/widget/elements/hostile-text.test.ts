import { assert } from 'chai';
import { normalizeName } from '../../../proxy/contract/candidate.ts';
import { findButton, findInShadow, mountWithProxy, waitFor, waitForPaint, waitForText } from '../fixture.ts';
import { buildSession, ScriptedProxy } from '../scripted-proxy.ts';

const HTML = `"'><img src=x onerror="window.hacked=1"><script>window.hacked=1</script>`;
/** A kind of text that no browser breaks into lines, so that the panel's edge cuts off the text. */
const UNBREAKABLE = 'stacked combining marks';
const HOSTILE: Record<string, string> = {
  'ten thousand characters': 'W'.repeat(10_000),
  'markup and quotes': HTML,
  'an unterminated direction override': '\u202Eecnedifnoc gnorw\u2067\u2066',
  'unmatched ends of isolation': '\u2069\u2069\u202C\u202Eecnedifnoc',
  'emoji and joiners': '👩‍👩‍👧‍👦🏴‍☠️'.repeat(100),
  [UNBREAKABLE]: `Z${'\u0301\u0338\u0489'.repeat(500)}algo`,
  'line and paragraph separators': 'Jane\u2028Smith\u2029\u0085Jr.',
  'very wide characters': '﷽'.repeat(50),
};

/** Mounts a panel in a column. Every text in its sessions and results is hostile. */
async function mountHostilePanel(hostile: string, width = '280px') {
  const proxy = new ScriptedProxy();
  const buildHostileSession = (uuid: string, changes: Record<string, unknown>) =>
    buildSession('jane@example.com', { session_uuid: `${uuid}${hostile}`, candidate_name: hostile, ...changes });
  proxy.clientConfig = {
    ...proxy.clientConfig,
    environment: hostile,
    assessments: ['p1', 'p2', 'p3'].flatMap((project_id) =>
      ['marketing', 'sales'].map((assessment_type) => ({ project_id, assessment_type, label: hostile })),
    ),
  };
  proxy.sessions = [
    buildHostileSession('open', {
      project_id: 'p1',
      last_event: hostile,
      candidate_url: `https://evalon.example/${hostile}`,
    }),
    buildHostileSession('done', {
      project_id: 'p2',
      status: 'completed',
      score_summary: { overall: 82, sections: [] },
    }),
    buildHostileSession('odd', { project_id: 'p4', status: hostile, assessment_type: hostile, invited_at: hostile }),
  ];
  proxy.scorecard = {
    overall: 1e21,
    sections: [
      {
        name: hostile,
        score: 123456789.5,
        max_score: 9e15,
        questions: [{ title: hostile, score: 5, feedback: hostile, time_seconds: 1e12 }],
      },
    ],
    narrative: hostile,
  };
  const column = document.createElement('div');
  column.setAttribute('data-test', '');
  column.style.width = width;
  document.body.append(column);
  const panel = await mountWithProxy(proxy, 'evalon-assessments', {
    'candidate-email': 'jane@example.com',
    'candidate-name': hostile,
  });
  column.append(panel);
  for (const selector of ['.narrative', '[part=mail-link]', '[part=invite-button]']) {
    await waitFor(() => panel.shadowRoot?.querySelector(selector));
  }
  await waitFor(() => !panel.shadowRoot?.querySelector('.skeleton'));
  findInShadow<HTMLDetailsElement>(panel, '[part=section] details').open = true;
  await waitForPaint();
  return panel;
}

/** Returns the box of a part of a text node. */
function measureText(node: Node, start = 0, end = (node.textContent ?? '').length): DOMRect {
  const range = document.createRange();
  range.setStart(node, start);
  range.setEnd(node, end);
  return range.getBoundingClientRect();
}

describe('hostile text', () => {
  for (const [kind, hostile] of Object.entries(HOSTILE)) {
    it(`with ${kind} stays text and inside the panel`, async () => {
      const panel = await mountHostilePanel(hostile);
      const root = panel.shadowRoot as ShadowRoot;
      assert.equal(panel.scrollWidth, panel.clientWidth);
      assert.equal(getComputedStyle(findInShadow(panel, '.card')).overflow, 'clip');
      const { left, right } = panel.getBoundingClientRect();
      for (const element of kind === UNBREAKABLE ? [] : root.querySelectorAll('*')) {
        const name = `<${element.localName} ${element.getAttribute('part') ?? element.className}>`;
        // A text may overflow its <bdi>. The box of the <bdi> is checked below.
        if (element.localName !== 'bdi' && element.clientWidth) {
          assert.isAtMost(element.scrollWidth, element.clientWidth, name);
        }
        const box = element.getBoundingClientRect();
        if (!box.width) continue;
        assert.isAtLeast(box.left, left - 1, name);
        assert.isAtMost(box.right, right + 1, name);
      }
      assert.isEmpty(root.querySelectorAll('img, script, iframe'));
      assert.isFalse('hacked' in window);
      for (const element of root.querySelectorAll('*')) {
        assert.isEmpty(element.getAttributeNames().filter((name) => name.startsWith('on') || name.includes('"')));
      }
      const shownName = normalizeName(hostile);
      assert.include(findInShadow(panel, '[part=candidate]').textContent ?? '', shownName);
      assert.include(findButton(panel, 'Invite').getAttribute('aria-label') ?? '', shownName);
      assert.isTrue(
        findInShadow<HTMLAnchorElement>(panel, '[part=mail-link]').href.startsWith('mailto:jane%40example.com'),
      );
      assert.include(findInShadow(panel, '.narrative p').textContent ?? '', hostile.trim());
    });
  }

  it('does not reverse the words beside it', async () => {
    const panel = await mountHostilePanel('\u2069\u202Eabc', '1200px');
    const sentence = findInShadow(panel, '[part=assessment] > p:last-of-type');
    const [candidateBox, assessmentBox] = [...sentence.querySelectorAll('bdi')].map((bdi) =>
      bdi.getBoundingClientRect(),
    );
    const between = [...sentence.childNodes].find(
      (node) => node instanceof Text && node.data.includes('already has'),
    ) as Text;
    assert.isAtLeast(measureText(between).left, (candidateBox?.right ?? Number.NaN) - 1);
    assert.isAtMost(measureText(between).right, (assessmentBox?.left ?? Number.NaN) + 1);
    const start = between.data.indexOf('already');
    const [firstLetter, sixthLetter] = [
      measureText(between, start, start + 1),
      measureText(between, start + 5, start + 6),
    ];
    assert.isBelow(firstLetter.left, sixthLetter.left);

    const [name, email] = findInShadow(panel, '[part=candidate]').children;
    assert.isAtMost(name?.getBoundingClientRect().right ?? Number.NaN, email?.getBoundingClientRect().left ?? 0);
    const section = findInShadow(panel, '[part=section] summary span');
    // The arrow of the summary stays after the name.
    assert.equal(
      findInShadow(panel, '[part=section] summary bdi').getBoundingClientRect().left,
      section.getBoundingClientRect().left,
    );
  });

  it('in an error from the proxy stays text', async () => {
    const proxy = new ScriptedProxy();
    proxy.override = () =>
      Response.json({ code: HTML, detail: HTML }, { status: 500, headers: { 'x-request-id': 'W'.repeat(4_000) } });
    const column = document.createElement('div');
    column.setAttribute('data-test', '');
    column.style.width = '280px';
    document.body.append(column);
    for (const tag of ['evalon-assessments', 'evalon-scorecard', 'evalon-status', 'evalon-invite-button']) {
      const element = await mountWithProxy(proxy, tag, {
        'candidate-email': 'jane@example.com',
        'candidate-name': HTML,
        'project-id': 'p1',
        'session-uuid': 's1',
        'assessment-type': 'marketing',
      });
      column.append(element);
      if (tag !== 'evalon-status') await waitForText(element, HTML);
      await waitForPaint();
      assert.isAtMost(element.scrollWidth, 280);
      assert.isEmpty(element.shadowRoot?.querySelectorAll('img, script'));
    }
    assert.isFalse('hacked' in window);
  });
});
