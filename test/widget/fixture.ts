/** Mounts elements as an ATS's page does, reads them, and removes them after each test. */
import type { EvalonElement } from '../../widget/elements/base/evalon-element.ts';
import type { EvalonEvents } from '../../widget/package/events.ts';
import { define } from '../../widget/package/index.ts';
import type { ScriptedProxy } from './scripted-proxy.ts';

// The browser records only 250 requests by default, and each module of the widget is one.
performance.setResourceTimingBufferSize(10_000);

// Set by test/support/widget-test-server.ts.
const { proxyUrl, evalonUrl, tokenUrl } = window.__test__;

export { proxyUrl };

define();

/** Token providers by their claims, so that elements with equal rights share a connection, as on a real page. */
const tokenGetters = new Map<string, () => Promise<string>>();

export function createTokenGetter(claims: Record<string, unknown> = {}): () => Promise<string> {
  const key = JSON.stringify(claims);
  const getter = tokenGetters.get(key) ?? (() => mint(claims));
  tokenGetters.set(key, getter);
  return getter;
}

async function mint(claims: Record<string, unknown>): Promise<string> {
  const response = await fetch(tokenUrl, { method: 'POST', body: JSON.stringify(claims) });
  return ((await response.json()) as { token: string }).token;
}

export interface MountOptions {
  /** Claims of the token. If null, the element has no token. */
  claims?: Record<string, unknown> | null;
  proxyUrl?: string;
  /** Default: the body of the page. */
  parent?: HTMLElement;
}

/** Appends an element to the page, or to a frame in the page. */
export function mount(tag: string, attributes: Record<string, string>, options: MountOptions = {}): EvalonElement {
  const element = document.createElement(tag) as EvalonElement;
  for (const [name, value] of Object.entries({ ...attributes, 'data-test': '' })) element.setAttribute(name, value);
  element.proxyUrl = options.proxyUrl ?? proxyUrl;
  if (options.claims !== null) element.getToken = createTokenGetter(options.claims);
  (options.parent ?? document.body).append(element);
  return element;
}

/** Appends an element that uses a scripted proxy. Its connection keeps the proxy's `fetch`. */
export async function mountWithProxy(
  proxy: ScriptedProxy,
  tag: string,
  attributes: Record<string, string>,
): Promise<EvalonElement> {
  const networkFetch = window.fetch;
  window.fetch = proxy.fetch;
  try {
    const element = mount(tag, attributes, { proxyUrl: proxy.url, claims: null });
    await element.updateComplete;
    return element;
  } finally {
    window.fetch = networkFetch;
  }
}

afterEach(async () => {
  for (const element of document.querySelectorAll('[candidate-email], [session-uuid], [data-test]')) element.remove();
  await controlEvalon('clear-faults');
});

let candidateCount = 0;

/** Returns the attributes of a candidate that no other test uses. */
export function createCandidate(): { 'candidate-email': string; 'candidate-name': string } {
  candidateCount++;
  const unique = `${Date.now().toString(36)}${candidateCount}`;
  return { 'candidate-email': `person-${unique}@example.com`, 'candidate-name': `Person ${unique}` };
}

/** Sends a command to the test Evalon. */
// biome-ignore lint/suspicious/noExplicitAny: responses of every shape
export async function controlEvalon(command: string, body: Record<string, unknown> = {}): Promise<any> {
  const response = await fetch(`${evalonUrl}/__test__/${command}`, { method: 'POST', body: JSON.stringify(body) });
  return response.json();
}

/** Invites through the API, as another page would. */
export async function inviteViaApi(
  candidate: Record<string, string>,
  changes: Record<string, string> = {},
  claims: Record<string, unknown> = {},
): Promise<{ session_uuid: string; candidate_url: string }> {
  const response = await fetch(`${proxyUrl}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await mint(claims)}` },
    body: JSON.stringify({
      assessment_type: 'marketing',
      project_id: 'proj_abc123',
      candidate_email: candidate['candidate-email'],
      candidate_name: candidate['candidate-name'],
      ...changes,
    }),
  });
  return response.json();
}

/** Returns the text of an element's shadow root in one line. */
export function readText(element: Element): string {
  return (element.shadowRoot?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
}

export function findInShadow<Found extends Element = HTMLElement>(element: Element, selector: string): Found {
  const found = element.shadowRoot?.querySelector<Found>(selector);
  if (!found) throw new Error(`${selector} is not in <${element.localName}>: ${readText(element)}`);
  return found;
}

/** Returns the button whose accessible name or text starts with this text. */
export function findButton(element: Element, start: string): HTMLButtonElement {
  const all = [...(element.shadowRoot?.querySelectorAll('button') ?? [])];
  const found = all.find((button) =>
    (button.getAttribute('aria-label') ?? button.textContent?.trim() ?? '').startsWith(start),
  );
  if (!found) throw new Error(`no button "${start}" in: ${readText(element)}`);
  return found;
}

const POLL_INTERVAL_MS = 15;

/** Polls until the function returns a truthy value without throwing, and returns it. */
export async function waitFor<Value>(find: () => Value, timeoutMs = 8_000): Promise<NonNullable<Value>> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    let reason: unknown = 'it returned no value';
    try {
      const value = await find();
      if (value) return value as NonNullable<Value>;
    } catch (error) {
      reason = error;
    }
    if (Date.now() > end) throw new Error(`timed out waiting for ${find}: ${reason}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
  }
}

/** Waits until the pending updates are rendered and painted. */
export async function waitForPaint(): Promise<void> {
  for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Counts the page's completed requests to URLs with this ending. */
export function countResponses(urlEnd: string): number {
  return performance.getEntriesByType('resource').filter(({ name }) => name.endsWith(urlEnd)).length;
}

/** Waits until an element's shadow root contains a text. */
export function waitForText(element: Element, text: string): Promise<true> {
  return waitFor(() => {
    if (!readText(element).includes(text)) throw new Error(`its text is: ${readText(element)}`);
    return true as const;
  });
}

/** Collects the details of one type of event. */
export function collectEvents<Name extends keyof EvalonEvents>(target: EventTarget, name: Name): EvalonEvents[Name][] {
  const details: EvalonEvents[Name][] = [];
  target.addEventListener(name, (event) => details.push((event as CustomEvent<EvalonEvents[Name]>).detail));
  return details;
}

/** Clicks a button and returns what it writes to the clipboard. */
export async function copyWith(element: EvalonElement, label: string): Promise<string> {
  const { clipboard } = navigator;
  const written = Promise.withResolvers<string>();
  Object.defineProperty(clipboard, 'writeText', {
    configurable: true,
    value: async (text: string) => written.resolve(text),
  });
  try {
    // After a copy, the button shows “Copied” instead of its label for a while.
    (await waitFor(() => findButton(element, label))).click();
    return await written.promise;
  } finally {
    Reflect.deleteProperty(clipboard, 'writeText');
  }
}
