import { assert } from 'chai';
import { createCandidate, proxyUrl, waitFor, waitForPaint } from './fixture.ts';

const LOADER = `${proxyUrl}/embed.js`;

type EmbeddingWindow = Window &
  typeof globalThis & {
    /** What the page's console.error received. */
    errors: string[];
    /** How many scripts the page's CSP has blocked. */
    blockedScripts: number;
  };

interface Page {
  getWindow: () => EmbeddingWindow;
  listRequests: () => string[];
}

/** Opens a new page in a frame. */
function openPage(body: string, head = ''): Page {
  const frame = document.createElement('iframe');
  frame.setAttribute('data-test', '');
  frame.srcdoc = `<!doctype html><html lang="en"><head><title>ATS</title>${head}
    <script>
      window.errors = [];
      window.blockedScripts = 0;
      console.error = (...all) => errors.push(all.join(' '));
      document.addEventListener('securitypolicyviolation', () => blockedScripts++);
    </script></head><body>${body}</body></html>`;
  document.body.append(frame);
  const getWindow = () => frame.contentWindow as EmbeddingWindow;
  return {
    getWindow,
    listRequests: () =>
      getWindow()
        .performance.getEntriesByType('resource')
        .map(({ name }) => name),
  };
}

function scriptTag(attributes = ''): string {
  return `<script type="module" src="${LOADER}" ${attributes}></script>`;
}

function panelTag(): string {
  const attributes = Object.entries(createCandidate()).map(([name, value]) => `${name}="${value}"`);
  return `<evalon-assessments ${attributes.join(' ')}></evalon-assessments>`;
}

function waitForPanel({ getWindow }: Page): Promise<Element> {
  return waitFor(() => getWindow().document.querySelector('evalon-assessments')?.shadowRoot?.querySelector('section'));
}

describe('the loader', () => {
  before(async function () {
    // Without a build, the proxy has no loader.
    if (!(await fetch(LOADER)).ok) this.skip();
  });

  it('loads the elements from its own URL without polyfills, and defines no global names except its own and Lit’s', async () => {
    const page = openPage(scriptTag() + panelTag());
    await waitForPanel(page);
    assert.equal(page.getWindow().EvalonWidget?.proxyUrl, `${proxyUrl}/`);
    assert.isEmpty(page.listRequests().filter((url) => url.includes('polyfill')));
    assert.deepEqual(page.getWindow().errors, []);
    const emptyPage = openPage('');
    await waitFor(() => emptyPage.getWindow().document.body && emptyPage.getWindow().errors);
    const builtInNames = new Set(Object.getOwnPropertyNames(emptyPage.getWindow()));
    const litNames = ['litElementVersions', 'litHtmlVersions', 'litPropertyMetadata', 'reactiveElementVersions'];
    const added = Object.getOwnPropertyNames(page.getWindow()).filter(
      // A number is the name of a frame.
      (name) => !builtInNames.has(name) && !litNames.includes(name) && Number.isNaN(Number(name)),
    );
    assert.sameMembers(added, ['EvalonWidget']);
  });

  it('requests nothing until an element appears, and then only the code of that element', async () => {
    const { getWindow, listRequests } = openPage(scriptTag());
    await waitFor(() => getWindow().EvalonWidget?.load);
    assert.deepEqual(
      listRequests().filter((url) => url.includes('/widget/')),
      [],
    );
    getWindow().document.body.insertAdjacentHTML('beforeend', `<div>${panelTag()}</div>`);
    await waitFor(() => getWindow().customElements.get('evalon-assessments'));
    assert.isUndefined(getWindow().customElements.get('evalon-status'));
    getWindow().document.body.append(getWindow().document.createElement('evalon-status'));
    await waitFor(() => getWindow().customElements.get('evalon-status'));
  });

  it('works when included twice, and keeps the settings that the page made before', async () => {
    const page = openPage(
      scriptTag('data-token-url="/token"') + scriptTag('data-token-url="/token"') + panelTag(),
      '<script>window.EvalonWidget = { getToken: () => Promise.resolve("t") }</script>',
    );
    await waitForPanel(page);
    const { tokenUrl, getToken } = page.getWindow().EvalonWidget ?? {};
    assert.equal(tokenUrl, '/token');
    assert.equal(await getToken?.(), 't');
    assert.deepEqual(page.getWindow().errors, []);
  });

  it('ignores data-token-url with a console error if its script tags differ', async () => {
    const { getWindow } = openPage(scriptTag('data-token-url="/token"') + scriptTag());
    await waitFor(() => getWindow().EvalonWidget?.load);
    assert.isUndefined(getWindow().EvalonWidget?.tokenUrl);
    assert.deepEqual(getWindow().errors, ['Evalon: ignored data-token-url, because the script tags differ.']);
  });

  it('ignores data-token-url with a console error if no script tag has the loader’s URL', async () => {
    const { getWindow } = openPage(
      `<script type="module" data-token-url="/token">import '${LOADER}'</script>
      <script type="module" src="${LOADER}?another" data-token-url="/token"></script>`,
    );
    await waitFor(() => getWindow().EvalonWidget?.load);
    assert.isUndefined(getWindow().EvalonWidget?.tokenUrl);
    assert.deepEqual(getWindow().errors, [
      `Evalon: ignored data-token-url, because no script tag has src="${LOADER}".`,
    ]);
  });

  it('loads all elements when the page calls load, for example if they are in shadow roots', async () => {
    const { getWindow } = openPage(scriptTag());
    await (await waitFor(() => getWindow().EvalonWidget?.load))();
    for (const name of ['assessments', 'inbox', 'invite-button', 'scorecard', 'status']) {
      assert.isDefined(getWindow().customElements.get(`evalon-${name}`), name);
    }
  });

  it('keeps elements that the page has already defined', async () => {
    const { getWindow } = openPage(
      scriptTag() + panelTag(),
      '<script>customElements.define("evalon-status", class extends HTMLElement {})</script>',
    );
    const pageElement = await waitFor(() => getWindow().customElements.get('evalon-status'));
    await (await waitFor(() => getWindow().EvalonWidget?.load))();
    assert.equal(getWindow().customElements.get('evalon-status'), pageElement);
    assert.deepEqual(getWindow().errors, []);
  });

  it('loads a polyfill if the browser has no custom elements, and works with it', async () => {
    const page = openPage(
      scriptTag() + panelTag(),
      '<script>Object.defineProperty(window, "customElements", { value: undefined, configurable: true, writable: true })</script>',
    );
    await waitForPanel(page);
    assert.isNotEmpty(page.listRequests().filter((url) => url.includes('polyfill-')));
  });

  it('loads a polyfill if the browser has no shadow trees, and works with it', async () => {
    const page = openPage(scriptTag() + panelTag(), '<script>delete Element.prototype.attachShadow</script>');
    await waitForPanel(page);
    assert.isNotEmpty(page.listRequests().filter((url) => url.includes('polyfill-')));
  });

  it('reports once that the elements did not load, and tries again with the next element', async () => {
    const { getWindow } = openPage(
      scriptTag(),
      `<meta http-equiv="Content-Security-Policy" content="script-src 'unsafe-inline' ${LOADER}">`,
    );
    await waitFor(() => getWindow().EvalonWidget?.load);
    for (const _ of ['the first element', 'the next element']) {
      const blockedCount = getWindow().blockedScripts;
      getWindow().document.body.insertAdjacentHTML('beforeend', panelTag());
      await waitFor(() => getWindow().blockedScripts > blockedCount && getWindow().errors.length > 0);
      await waitForPaint();
    }
    assert.lengthOf(getWindow().errors, 1);
    assert.include(getWindow().errors[0] ?? '', 'Evalon: could not load the elements');
  });
});
