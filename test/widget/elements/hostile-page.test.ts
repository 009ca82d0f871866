/** Pages whose scripts, libraries, translation tools and extensions interfere with the elements. */
import { assert } from 'chai';
import type { EvalonElement } from '../../../widget/elements/base/evalon-element.ts';
import { collectEvents, findButton, findInShadow, mountWithProxy, readText, waitFor, waitForText } from '../fixture.ts';
import { buildSession, encodeUnsignedToken, ScriptedProxy } from '../scripted-proxy.ts';

const JANE = { 'candidate-email': 'jane@example.com', 'candidate-name': 'Jane Smith' };
const CHIP = { 'candidate-email': 'jane@example.com', 'project-id': 'p1' };
const RESULT = {
  status: 'completed',
  completed_at: '2026-01-11T10:00:00.000Z',
  updated_at: '2026-01-11T10:00:00.000Z',
};

function listTextNodes(element: Element): Text[] {
  const walker = document.createTreeWalker(element.shadowRoot as ShadowRoot, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  return texts.filter(({ data }) => data.trim());
}

/** Functions that change a text as a translation tool or an extension does. */
const TEXT_CHANGES: Record<string, (text: Text) => void> = {
  'replaces texts by <font>': (text) => {
    const outer = document.createElement('font');
    outer.appendChild(document.createElement('font')).textContent = `[${text.data}]`;
    text.replaceWith(outer);
  },
  'wraps texts in <font>': (text) => {
    const font = document.createElement('font');
    text.replaceWith(font);
    font.append(text);
  },
  'inserts elements before texts': (text) => text.before(document.createElement('span')),
  'rewrites the markup around texts': ({ parentElement }) => {
    if (!parentElement) return;
    const { innerHTML } = parentElement;
    parentElement.innerHTML = innerHTML;
  },
  'changes texts in place': (text) => {
    text.data = `[${text.data}]`;
  },
};

describe('a page whose texts a translation tool changes', () => {
  for (const [name, change] of Object.entries(TEXT_CHANGES)) {
    it(`shows the current status if the tool ${name}`, async () => {
      const proxy = new ScriptedProxy();
      const chip = await mountWithProxy(proxy, 'evalon-status', CHIP);
      const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
      await waitForText(chip, 'Not invited');
      const pending = Promise.withResolvers<undefined>();
      proxy.override = ({ path }) => (path === '/v1/sessions' ? pending.promise : undefined);
      for (const element of [chip, panel]) listTextNodes(element).forEach(change);
      const button = await waitFor(() => findInShadow<HTMLButtonElement>(panel, '[part=invite-button]'));
      button.click();
      await waitFor(() => findInShadow(panel, '[part=invite-button]').textContent === 'Inviting…');
      for (const element of [chip, panel]) listTextNodes(element).forEach(change);
      pending.resolve(undefined);
      for (const element of [chip, panel])
        await waitFor(() => findInShadow(element, '[part=status]').textContent?.trim() === 'Invited');
      assert.notInclude(readText(panel), 'Not invited');

      for (const element of [chip, panel]) listTextNodes(element).forEach(change);
      const stream = await proxy.waitForStream();
      const score_summary = { overall: 82, overall_max: 100, sections: [] };
      stream.sendEvent('e.2', 'session', buildSession('jane@example.com', { ...RESULT, score_summary }));
      await waitFor(
        () => findInShadow(chip, '[part=status]').textContent?.replace(/\s+/g, ' ').trim() === 'Completed 82',
      );
      await waitFor(() => findInShadow(panel, '[part=status]').textContent?.trim() === 'Completed');
      await waitFor(() => findInShadow(panel, '.figure').textContent?.trim() === '82 / 100');
      assert.notInclude(readText(panel), 'Inviting');
    });
  }

  it('keeps the nodes of an extension that replaces no text', async () => {
    const proxy = new ScriptedProxy();
    const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    await waitForText(panel, 'Not invited');
    const section = findInShadow(panel, 'section');
    section.append(document.createElement('extension-button'));
    findButton(panel, 'Invite').click();
    await waitForText(panel, 'Send the link yourself');
    assert.equal(findInShadow(panel, 'section'), section);
    findInShadow(panel, 'extension-button');
  });
});

/** Calls `run` while the property has this value. */
async function runWithProperty(target: object, name: string, value: unknown, run: () => Promise<void>): Promise<void> {
  const descriptor = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { configurable: true, writable: true, value });
  try {
    await run();
  } finally {
    delete (target as Record<string, unknown>)[name];
    if (descriptor) Object.defineProperty(target, name, descriptor);
  }
}

function refuse(): never {
  throw new Error('replaced by the page');
}

class FakeAbortController {
  signal = { aborted: false, addEventListener() {} };
  abort() {}
}

describe('a page that has broken a browser feature', () => {
  for (const [name, target, property, value] of [
    ['AbortController is missing', window, 'AbortController', undefined],
    ['AbortController throws', window, 'AbortController', refuse],
    ['AbortController has a foreign signal', window, 'AbortController', FakeAbortController],
  ] as const) {
    for (const [tag, attributes] of [
      ['evalon-assessments', JANE],
      ['evalon-inbox', {}],
    ] as const) {
      it(`shows a sentence in <${tag}> and reports a code if ${name}`, async () => {
        await runWithProperty(target, property, value, async () => {
          const proxy = new ScriptedProxy();
          const element = document.createElement(tag) as EvalonElement;
          const errors = collectEvents(element, 'evalon-error');
          const stop = captureUncaughtErrors();
          for (const [key, text] of Object.entries(attributes)) element.setAttribute(key, text);
          element.proxyUrl = proxy.url;
          document.body.append(element);
          await waitForText(element, 'Another script on this page is blocking the widget.');
          stop();
          assert.equal(errors[0]?.code, 'page_conflict');
          assert.notInclude(readText(element), 'Loading');
          element.remove();
        });
      });
    }
  }

  for (const [name, target, property, value] of [
    ['crypto.getRandomValues', crypto, 'getRandomValues', refuse],
    ['structuredClone', window, 'structuredClone', refuse],
    ['Intl', window, 'Intl', undefined],
    ['Object.prototype.toJSON', Object.prototype, 'toJSON', () => 'replaced'],
    ['Array.prototype.toJSON', Array.prototype, 'toJSON', () => 'replaced'],
    ['String.prototype.toJSON', String.prototype, 'toJSON', () => 'replaced'],
  ] as const) {
    it(`works if the page has changed ${name}`, async () => {
      await runWithProperty(target, property, value, async () => {
        const proxy = new ScriptedProxy();
        const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
        await waitFor(() => findButton(panel, 'Invite'));
        findButton(panel, 'Invite').click();
        await waitForText(panel, 'Send the link yourself');
        const [query] = proxy.requestsTo('/v1/sessions/query');
        assert.deepEqual(query?.body, { candidates: [{ candidate_email: 'jane@example.com' }] });
        const [invite] = proxy.requestsTo('/v1/sessions');
        assert.deepEqual(invite?.body, {
          assessment_type: 'marketing',
          project_id: 'p1',
          candidate_email: 'jane@example.com',
          candidate_name: 'Jane Smith',
        });
        panel.remove();
      });
    });
  }

  it('shows a sentence and reports the error if an element cannot render, and recovers', async () => {
    const proxy = new ScriptedProxy();
    proxy.sessions = [buildSession('jane@example.com')];
    const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    await waitForText(panel, 'Invited');
    const errors = collectEvents(panel, 'evalon-error');
    const stop = captureUncaughtErrors();
    await runWithProperty(Date.prototype, 'getMonth', refuse, async () => {
      panel.requestUpdate();
      await waitForText(panel, 'Another script on this page is blocking the widget.');
    });
    assert.include(stop().join(), 'replaced by the page');
    assert.equal(errors[0]?.code, 'page_conflict');
    panel.requestUpdate();
    await waitForText(panel, 'Invited Jan 10, 2026');
  });
});

/**
 * Keeps the test runner from failing on uncaught errors.
 * @returns a function that stops this, and returns the texts of the errors.
 */
function captureUncaughtErrors(): () => string[] {
  const texts: string[] = [];
  const { onerror } = window;
  window.onerror = (_, __, ___, ____, error) => {
    texts.push(String(error));
    return true;
  };
  return () => {
    window.onerror = onerror;
    return texts;
  };
}

describe('a framework’s properties', () => {
  it('work as attributes in lower case, which frameworks set before the element is defined', async () => {
    const proxy = new ScriptedProxy();
    const panel = await mountWithProxy(proxy, 'evalon-assessments', {
      candidateemail: 'jane@example.com',
      candidatename: 'Jane Smith',
      projectid: 'p2',
      assessmenttypes: 'marketing:Campaigns',
      applicationid: '7',
    });
    await waitForText(panel, 'Campaigns');
    findButton(panel, 'Invite').click();
    await waitFor(() => proxy.requestsTo('/v1/sessions')[0]);
    assert.include(proxy.requestsTo('/v1/sessions')[0]?.body, { project_id: 'p2', application_id: '7' });
    panel.remove();
  });

  it('replace the attributes in lower case', async () => {
    const panel = await mountWithProxy(new ScriptedProxy(), 'evalon-assessments', {
      candidateemail: 'jane@example.com',
    });
    Object.assign(panel, { candidateEmail: 'ada@example.com', candidateName: 'Ada' });
    await waitForText(panel, 'ada@example.com');
    panel.remove();
  });
});

describe('the page’s tokens', () => {
  it('go only to the page’s proxy', async () => {
    const proxy = new ScriptedProxy();
    let mintedCount = 0;
    const settings = {
      proxyUrl: proxy.url,
      getToken: () => {
        mintedCount++;
        return encodeUnsignedToken({});
      },
    };
    await runWithProperty(window, 'EvalonWidget', settings, async () => {
      const attacker = new ScriptedProxy();
      const injected = await mountWithProxy(attacker, 'evalon-assessments', JANE);
      await waitForText(injected, 'Not invited');
      assert.equal(mintedCount, 0);
      assert.isTrue(attacker.requests.every(({ headers }) => !headers.has('authorization')));
      const own = await mountWithProxy(proxy, 'evalon-assessments', JANE);
      await waitForText(own, 'Not invited');
      assert.isTrue(proxy.requests.every(({ headers }) => headers.has('authorization')));
    });
  });
});

describe('a page whose fetch has no streams', () => {
  it('polls, warns the developer once, and does not show that it reconnects', async () => {
    const proxy = new ScriptedProxy();
    const { fetch: streamingFetch } = proxy;
    const bufferedFetch: typeof fetch = async (...request) => {
      const response = await streamingFetch(...request);
      const body = await response.text();
      const { status, ok, headers } = response;
      return { status, ok, headers, json: async () => JSON.parse(body), text: async () => body } as Response;
    };
    const warnings: string[] = [];
    await runWithProperty(
      console,
      'warn',
      (text: string) => warnings.push(text),
      async () => {
        await runWithProperty(proxy, 'fetch', bufferedFetch, async () => {
          const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
          const chip = await mountWithProxy(proxy, 'evalon-status', CHIP);
          await waitForText(panel, 'Not invited');
          proxy.sessions = [buildSession('jane@example.com', { status: 'opened' })];
          await waitFor(() => proxy.requestsTo('/v1/sessions/query').length >= 2);
          for (const element of [panel, chip]) await waitForText(element, 'Opened');
          assert.isEmpty(proxy.requestsTo('/v1/events'));
          assert.notInclude(readText(panel), 'Reconnecting');
          panel.remove();
          chip.remove();
        });
      },
    );
    assert.deepEqual(warnings, ['Evalon: fetch has no streams']);
  });
});
