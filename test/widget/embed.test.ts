import { assert } from 'chai';
import { createCandidate, proxyUrl, waitFor, waitForPaint } from './fixture.ts';

const LOADER = `${proxyUrl}/embed.js`;

/** A page of its own around the built loader, with what it asked the network for. */
function pageWith(
  html: string,
  before = '',
): { frame: HTMLIFrameElement; window: () => Window & typeof globalThis; asked: () => string[] } {
  const frame = document.createElement('iframe');
  frame.setAttribute('data-test', '');
  frame.srcdoc = `<!doctype html><html lang="en"><head><title>ATS</title>${before}</head><body>${html}</body></html>`;
  document.body.append(frame);
  const inner = () => frame.contentWindow as Window & typeof globalThis;
  const asked = () =>
    inner()
      .performance.getEntriesByType('resource')
      .map((entry) => entry.name);
  return { frame, window: inner, asked };
}

const panel = () => {
  const person = createCandidate();
  return `<evalon-assessments candidate-email="${person['candidate-email']}" candidate-name="${person['candidate-name']}"></evalon-assessments>`;
};
const tag = (attributes = '') => `<script src="${LOADER}" ${attributes}></script>`;

describe('the loader', () => {
  before(async function () {
    if (!(await fetch(LOADER)).ok) this.skip();
  });

  for (const attributes of ['', 'async', 'defer']) {
    it(`makes the elements work with <script src ${attributes}>, and leaks no name but its own`, async () => {
      const { window, asked } = pageWith(tag(attributes) + panel());
      await waitFor(() => window().document.querySelector('evalon-assessments')?.shadowRoot?.querySelector('section'));
      assert.equal(window().EvalonWidget?.proxyUrl, `${proxyUrl}/`);
      assert.isEmpty(asked().filter((url) => url.includes('polyfill')));
      const clean = pageWith('');
      await waitFor(() => clean.window().document.body);
      const names = new Set(Object.getOwnPropertyNames(clean.window()));
      const ours = Object.getOwnPropertyNames(window()).filter(
        (name) => !names.has(name) && Number.isNaN(Number(name)),
      );
      assert.sameMembers(ours, ['EvalonWidget']);
    });
  }

  it('works as a module too, where the browser does not say which script it is', async () => {
    const { window } = pageWith(tag('type="module"') + panel());
    await waitFor(() => window().document.querySelector('evalon-assessments')?.shadowRoot?.querySelector('section'));
    assert.equal(window().EvalonWidget?.proxyUrl, `${proxyUrl}/`);
  });

  it('says what is wrong where it cannot find its own tag', async () => {
    const { window } = pageWith(
      `<script>
        window.errors = [];
        console.error = (...all) => errors.push(all.join(' '));
      </script><script type="module">import '${LOADER}'</script>`,
    );
    const seen = () => window() as unknown as { errors?: string[] };
    await waitFor(() => seen().errors?.some((error) => error.includes('include embed.js by a <script src>')));
  });

  it('fetches nothing until an element is there, and then only that kind', async () => {
    const { window, asked } = pageWith(tag());
    await waitFor(() => window().EvalonWidget?.load);
    assert.deepEqual(
      asked().filter((url) => url.includes('/widget/')),
      [],
    );
    window().document.body.insertAdjacentHTML('beforeend', `<div>${panel()}</div>`);
    await waitFor(() => window().customElements.get('evalon-assessments'));
    assert.isUndefined(window().customElements.get('evalon-status'));
    window().document.body.append(window().document.createElement('evalon-status'));
    await waitFor(() => window().customElements.get('evalon-status'));
  });

  it('is harmless when included twice, keeps what the page set before it, and takes its data attributes', async () => {
    const { window } = pageWith(
      tag('data-token-url="/token" data-proxy-url="https://proxy.example/"') + tag() + panel(),
      '<script>window.EvalonWidget = { getToken: () => Promise.resolve("t") }</script>',
    );
    await waitFor(() => window().customElements.get('evalon-assessments'));
    const { tokenUrl, proxyUrl: chosen, getToken } = window().EvalonWidget ?? {};
    assert.equal(tokenUrl, '/token');
    assert.equal(chosen, 'https://proxy.example/');
    assert.equal(await getToken?.(), 't');
  });

  it('loads all elements when it is told to, as for those in shadow roots', async () => {
    const { window } = pageWith(tag());
    await (await waitFor(() => window().EvalonWidget?.load))();
    for (const name of ['assessments', 'invite-button', 'scorecard', 'status']) {
      assert.isDefined(window().customElements.get(`evalon-${name}`));
    }
  });

  it('leaves elements alone that the page has defined itself', async () => {
    const { window } = pageWith(
      tag() + panel(),
      '<script>customElements.define("evalon-status", class extends HTMLElement {})</script>',
    );
    const own = await waitFor(() => window().customElements.get('evalon-status'));
    await window().EvalonWidget?.load?.();
    assert.equal(window().customElements.get('evalon-status'), own);
  });

  it('fetches a polyfill where the browser has no custom elements, and works with it', async () => {
    const { window, asked } = pageWith(
      tag() + panel(),
      '<script>Object.defineProperty(window, "customElements", { value: undefined, configurable: true, writable: true })</script>',
    );
    await waitFor(() => window().document.querySelector('evalon-assessments')?.shadowRoot?.querySelector('section'));
    assert.isNotEmpty(asked().filter((url) => url.includes('polyfill-elements')));
  });

  it('says once why the elements did not come, and tries again with the next element', async () => {
    const policy = `script-src 'unsafe-inline' ${LOADER}`;
    const { window } = pageWith(
      `<script>
        window.errors = [];
        window.attempts = 0;
        console.error = (...all) => errors.push(all.join(' '));
        document.addEventListener('securitypolicyviolation', () => attempts++);
      </script>${tag()}`,
      `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    );
    await waitFor(() => window().EvalonWidget?.load);
    const seen = () => window() as unknown as { errors: string[]; attempts: number };
    for (const _ of ['the first element', 'the next']) {
      const before = seen().attempts;
      window().document.body.insertAdjacentHTML('beforeend', panel());
      await waitFor(() => seen().attempts > before && seen().errors.length > 0);
      await waitForPaint();
    }
    assert.lengthOf(seen().errors, 1);
    assert.include(seen().errors[0] ?? '', 'could not be loaded');
  });
});
