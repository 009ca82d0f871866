import { assert } from 'chai';
import type { EvalonElement } from '../../../widget/elements/base/evalon-element.ts';
import { createCandidate, findButton, findInShadow, mount, mountWithProxy, waitFor, waitForText } from '../fixture.ts';
import { buildSession, problemResponse, ScriptedProxy } from '../scripted-proxy.ts';

const JANE = { 'candidate-email': 'jane@example.com', 'candidate-name': 'Jane Smith' };
const QUESTION = { title: 'Why?', score: 8, max_score: 10, feedback: 'Because.', time_seconds: 65 };
const SCORECARD = {
  overall: 82,
  overall_max: 100,
  sections: [{ name: 'Planning', score: 91, max_score: 100, questions: [QUESTION] }],
  narrative: 'Plans well. '.repeat(30),
};
const STATUSES = ['invited', 'opened', 'started', 'scoring', 'expired', 'failed', 'completed'];

/** Mounts a panel with a session of each status, a choice of assessments, a failed invite and a pending invite. */
async function mountFullPanel(width: string): Promise<EvalonElement> {
  const proxy = new ScriptedProxy();
  const sessions = STATUSES.map((status) =>
    buildSession('jane@example.com', {
      session_uuid: status,
      project_id: status,
      status,
      last_event: 'session.paused',
    }),
  );
  proxy.sessions = sessions;
  proxy.scorecard = SCORECARD;
  const projects = [...STATUSES, 'free', 'broken', 'slow'];
  proxy.clientConfig = {
    ...proxy.clientConfig,
    comparison: true,
    assessments: projects.flatMap((project_id) =>
      ['marketing', 'sales'].map((assessment_type) => ({ project_id, assessment_type, label: assessment_type })),
    ),
  };
  proxy.override = ({ path, body }) => {
    if (path.endsWith('/standing')) return Response.json({ count: 24, percentile: 70 });
    if (path !== '/v1/sessions') return undefined;
    return body.project_id === 'slow' ? new Promise(() => {}) : problemResponse(502, 'upstream_unavailable');
  };
  const column = document.createElement('div');
  column.setAttribute('data-test', '');
  column.style.width = width;
  document.body.append(column);
  const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
  column.append(panel);
  await waitForText(panel, 'Higher than 70%');
  await waitFor(() => panel.shadowRoot?.querySelectorAll('fieldset').length === 3);
  const invites = [...(panel.shadowRoot?.querySelectorAll<HTMLElement>('[part=invite-button]') ?? [])];
  // The projects without a session come last, in the order of `projects`.
  invites.at(-1)?.click();
  invites.at(-2)?.click();
  await waitForText(panel, 'Inviting');
  await waitForText(panel, 'Detail from the proxy');
  findInShadow(panel, '[part=section] summary').click();
  await waitFor(() => findInShadow(panel, '[part=question]'));
  await waitFor(() => !panel.shadowRoot?.querySelector('.skeleton'));
  return panel;
}

/** Red, green, blue and alpha, each from 0 to 1. */
type Color = [number, number, number, number];

/** White, and the dark gray that browsers use for a page without its own colors. */
const PAGE_COLORS: Record<'light' | 'dark', Color> = { light: [1, 1, 1, 1], dark: [0.07, 0.07, 0.07, 1] };

/** Paints a CSS color into its only pixel, to read the color's parts. */
const pixel = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });

/** Parses a computed color. Reads alpha from the text, because a pixel would round it. */
function parseColor(css: string): Color {
  const alpha = Number(/[/,]\s*([\d.]+)\)$/.exec(css.startsWith('rgb(') ? '' : css)?.[1] ?? 1);
  if (!pixel) throw new Error('no canvas');
  pixel.fillStyle = css.replace(/\/\s*[\d.]+\)$/, ')').replace(/^rgba\((.*),[^,]*\)$/, 'rgb($1)');
  pixel.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = pixel.getImageData(0, 0, 1, 1).data;
  return [red / 255, green / 255, blue / 255, css === 'rgba(0, 0, 0, 0)' ? 0 : alpha];
}

function blend([r1, g1, b1, alpha]: Color, [r2, g2, b2]: Color): Color {
  const mix = (front: number, back: number) => front * alpha + back * (1 - alpha);
  return [mix(r1, r2), mix(g1, g2), mix(b1, b2), 1];
}

/** Computes the relative luminance as WCAG 2 defines it. */
function luminance([red, green, blue]: Color): number {
  const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function contrast(foreground: Color, background: Color): number {
  const [darker = 0, lighter = 0] = [luminance(foreground), luminance(background)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Returns the color behind an element's text: the page's color under all backgrounds down to the element's. */
function computeBackground(element: Element, page: Color): Color {
  const root = element.getRootNode();
  const parent = element.parentElement ?? (root instanceof ShadowRoot ? root.host : undefined);
  const behind = parent ? computeBackground(parent, page) : page;
  return blend(parseColor(getComputedStyle(element).backgroundColor), behind);
}

function listTextElements(panel: EvalonElement): Element[] {
  return [...(panel.shadowRoot?.querySelectorAll('*') ?? [])].filter((element) =>
    [...element.childNodes].some((node) => node instanceof Text && node.data.trim()),
  );
}

describe('the panel’s design', () => {
  for (const scheme of ['light', 'dark'] as const) {
    it(`has a text contrast of at least 4.5 in ${scheme}`, async () => {
      document.documentElement.style.colorScheme = scheme;
      try {
        const panel = await mountFullPanel('420px');
        const texts = listTextElements(panel);
        assert.isAbove(texts.length, 60);
        for (const element of texts) {
          const background = computeBackground(element, PAGE_COLORS[scheme]);
          const ratio = contrast(blend(parseColor(getComputedStyle(element).color), background), background);
          assert.isAtLeast(ratio, 4.5, `"${element.textContent?.trim()}" in ${element.className || element.localName}`);
        }
        const dialColor = parseColor(getComputedStyle(findInShadow(panel, '.dial')).stroke);
        const cardColor = computeBackground(findInShadow(panel, '.card'), PAGE_COLORS[scheme]);
        assert.isAtLeast(contrast(dialColor, cardColor), 3);
      } finally {
        document.documentElement.style.colorScheme = '';
      }
    });
  }

  it('has targets of at least 24 px', async () => {
    const panel = await mountFullPanel('280px');
    const targets = [...(panel.shadowRoot?.querySelectorAll('button, a, summary, textarea') ?? [])];
    assert.isAbove(targets.length, 10);
    for (const target of targets) {
      const { width, height } = target.getBoundingClientRect();
      assert.isAtLeast(Math.min(width, height), 24, target.textContent ?? '');
    }
  });

  it('fits its width from 280 to 900 px, even with a doubled font size', async () => {
    for (const [width, size] of [
      ['280px', '13px'],
      ['420px', '26px'],
      ['900px', '26px'],
    ] as const) {
      const panel = await mountFullPanel(width);
      panel.style.setProperty('--evalon-font-size', size);
      const { right } = panel.getBoundingClientRect();
      for (const element of panel.shadowRoot?.querySelectorAll('*') ?? []) {
        assert.isAtMost(
          element.getBoundingClientRect().right,
          right,
          `${width}: ${element.localName}.${element.className}`,
        );
      }
      panel.parentElement?.remove();
    }
  });

  it('shows the dial above the findings in a narrow column, and beside them in a wide column', async () => {
    const panel = await mountFullPanel('280px');
    const [dial, findings] = [findInShadow(panel, '.dial'), findInShadow(panel, '.findings')];
    assert.isAtMost(dial.getBoundingClientRect().bottom, findings.getBoundingClientRect().top);
    const { parentElement: column } = panel;
    if (column) column.style.width = '700px';
    assert.isAtMost(dial.getBoundingClientRect().right, findings.getBoundingClientRect().left);
    assert.equal(dial.getBoundingClientRect().width, 112, 'the dial keeps its full width');
  });

  it('ignores the page’s root font size', async () => {
    const panel = await mountFullPanel('420px');
    const heightBefore = panel.getBoundingClientRect().height;
    document.documentElement.style.fontSize = '62.5%';
    try {
      assert.equal(panel.getBoundingClientRect().height, heightBefore);
    } finally {
      document.documentElement.style.fontSize = '';
    }
  });

  it('uses the colors that the page sets', async () => {
    const panel = await mountFullPanel('420px');
    panel.style.setProperty('--evalon-accent', 'rgb(1, 2, 3)');
    panel.style.setProperty('--evalon-accent-text', 'rgb(4, 5, 6)');
    const { backgroundColor, color } = getComputedStyle(findButton(panel, 'Copy reminder'));
    assert.deepEqual([backgroundColor, color], ['rgb(1, 2, 3)', 'rgb(4, 5, 6)']);
    assert.equal(getComputedStyle(findInShadow(panel, '.dial')).stroke, 'rgb(1, 2, 3)');
  });
});

describe('a panel that the page moves into an iframe', () => {
  it('keeps its styles in the iframe, and after the move back', async () => {
    const panel = await mountFullPanel('420px');
    const frame = document.createElement('iframe');
    frame.setAttribute('data-test', '');
    document.body.append(frame);
    const frameBody = frame.contentDocument?.body as HTMLElement;
    const readStyles = () =>
      // The last two styles load later, with the result.
      ['[part=invite-button]', '.card', '.dial', '[part=question]'].map((selector) => {
        const element = findInShadow(panel, selector);
        const style = element.ownerDocument.defaultView?.getComputedStyle(element);
        return [selector, style?.display, style?.backgroundColor, style?.borderRadius, style?.stroke, style?.margin];
      });
    const styles = readStyles();
    for (const body of [frameBody, document.body]) {
      body.append(panel);
      await panel.updateComplete;
      assert.equal(panel.ownerDocument, body.ownerDocument);
      assert.deepEqual(readStyles(), styles);
    }
  });

  it('has its styles and works if it was never in the page itself', async () => {
    const candidate = createCandidate();
    const frame = document.createElement('iframe');
    frame.setAttribute('data-test', '');
    document.body.append(frame);
    const frameBody = frame.contentDocument?.body as HTMLElement;
    const readStyle = (panel: EvalonElement) => {
      const button = findButton(panel, 'Invite');
      const style = button.ownerDocument.defaultView?.getComputedStyle(button);
      return [style?.display, style?.backgroundColor, style?.borderRadius];
    };
    const inPage = mount('evalon-assessments', candidate);
    const inFrame = mount('evalon-assessments', candidate, { parent: frameBody });
    assert.equal(inFrame.ownerDocument, frame.contentDocument);
    for (const panel of [inPage, inFrame]) await waitFor(() => findButton(panel, 'Invite'));
    assert.deepEqual(readStyle(inFrame), readStyle(inPage));
    findButton(inFrame, 'Invite').click();
    await waitForText(inFrame, 'Invited');
  });
});

describe('the focus', () => {
  it('stays in the panel after a retry and after a change of candidate', async () => {
    const proxy = new ScriptedProxy();
    proxy.override = ({ path }) => (path === '/v1/sessions/query' ? problemResponse(503, 'unavailable') : undefined);
    const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    const retry = await waitFor(() => findButton(panel, 'Retry'));
    retry.focus();
    proxy.override = () => undefined;
    retry.click();
    await waitFor(() => findButton(panel, 'Invite'));
    await waitFor(() => panel.shadowRoot?.activeElement?.part.contains('panel'));

    findButton(panel, 'Invite').focus();
    panel.setAttribute('candidate-email', 'john@example.com');
    panel.setAttribute('candidate-name', 'John Smith');
    await waitForText(panel, 'John Smith');
    await waitFor(() => panel.shadowRoot?.activeElement?.getAttribute('aria-label') === 'Assessments: John Smith');
  });

  it('stays outside the panel if it was outside before the change', async () => {
    const proxy = new ScriptedProxy();
    const field = document.createElement('input');
    field.setAttribute('data-test', '');
    document.body.append(field);
    const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    await waitFor(() => findButton(panel, 'Invite'));
    field.focus();
    panel.setAttribute('candidate-name', 'John Smith');
    panel.setAttribute('candidate-email', 'john@example.com');
    await waitFor(() => findButton(panel, 'Invite John'));
    assert.equal(document.activeElement, field);
  });
});
