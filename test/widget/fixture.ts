/** An ATS's page as the elements find it: put there, looked at, and cleared away after each test. */
import type { EvalonEvents } from '../../widget/util/events.ts';
import '../../widget/index.ts';
import type { EvalonElement } from '../../widget/elements/base/evalon-element.ts';
import type { ScriptedProxy } from './scripted-proxy.ts';

const { proxyUrl, evalonUrl, tokenUrl } = window.__test__;

export { proxyUrl };

/** Tokens by their claims, so that elements with equal rights share a connection, as on a real page. */
const makers = new Map<string, () => Promise<string>>();

export function createTokenGetter(claims: Record<string, unknown> = {}): () => Promise<string> {
  const key = JSON.stringify(claims);
  const maker = makers.get(key) ?? (() => mint(claims));
  makers.set(key, maker);
  return maker;
}

async function mint(claims: Record<string, unknown>): Promise<string> {
  const response = await fetch(tokenUrl, { method: 'POST', body: JSON.stringify(claims) });
  return ((await response.json()) as { token: string }).token;
}

export interface MountOptions {
  /** What the token says; null where nobody signs in. */
  claims?: Record<string, unknown> | null;
  proxyUrl?: string;
}

/** Puts an element into the page. */
export function mount(tag: string, attributes: Record<string, string>, options: MountOptions = {}): EvalonElement {
  const element = document.createElement(tag) as EvalonElement;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.proxyUrl = options.proxyUrl ?? proxyUrl;
  if (options.claims !== null) element.getToken = createTokenGetter(options.claims);
  document.body.append(element);
  return element;
}

/** Puts an element into the page that talks to a scripted proxy. */
export async function mountWithProxy(
  proxy: ScriptedProxy,
  tag: string,
  attributes: Record<string, string>,
): Promise<EvalonElement> {
  const network = window.fetch;
  window.fetch = proxy.fetch;
  try {
    const element = mount(tag, attributes, { proxyUrl: proxy.url, claims: null });
    await element.updateComplete;
    return element;
  } finally {
    window.fetch = network;
  }
}

afterEach(async () => {
  for (const element of document.querySelectorAll('[candidate-email], [session-uuid], [data-test]')) element.remove();
  await controlEvalon('clear-faults');
});

let people = 0;

/** Somebody whom no other test knows. */
export function createCandidate(): { 'candidate-email': string; 'candidate-name': string } {
  people++;
  const unique = `${Date.now().toString(36)}${people}`;
  return { 'candidate-email': `person-${unique}@example.com`, 'candidate-name': `Person ${unique}` };
}

/** Steers the test Evalon. */
// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
export async function controlEvalon(verb: string, told: Record<string, unknown> = {}): Promise<any> {
  const response = await fetch(`${evalonUrl}/__test__/${verb}`, { method: 'POST', body: JSON.stringify(told) });
  return response.json();
}

/** Invites by the API, as another recruiter's page would. */
export async function inviteViaApi(
  person: Record<string, string>,
  changes: Record<string, string> = {},
  claims: Record<string, unknown> = {},
): Promise<{ session_uuid: string; candidate_url: string }> {
  const response = await fetch(`${proxyUrl}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await mint(claims)}` },
    body: JSON.stringify({
      assessment_type: 'marketing',
      project_id: 'proj_abc123',
      candidate_email: person['candidate-email'],
      candidate_name: person['candidate-name'],
      ...changes,
    }),
  });
  return response.json();
}

/** What can be read in an element, in one line. */
export function readText(element: Element): string {
  return (element.shadowRoot?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
}

export function findInShadow<Found extends Element = HTMLElement>(element: Element, selector: string): Found {
  const found = element.shadowRoot?.querySelector<Found>(selector);
  if (!found) throw new Error(`${selector} is not in <${element.localName}>: ${readText(element)}`);
  return found;
}

/** The button whose accessible name or text begins so. */
export function findButton(element: Element, beginning: string): HTMLButtonElement {
  const all = [...(element.shadowRoot?.querySelectorAll('button') ?? [])];
  const found = all.find((one) =>
    (one.getAttribute('aria-label') ?? one.textContent?.trim() ?? '').startsWith(beginning),
  );
  if (!found) throw new Error(`no button "${beginning}" in: ${readText(element)}`);
  return found;
}

/** Waits until something holds, and answers it. */
export async function waitFor<Value>(look: () => Value, patience = 8_000): Promise<NonNullable<Value>> {
  const end = Date.now() + patience;
  for (;;) {
    let why: unknown = 'it never held';
    try {
      const value = look();
      if (value) return value as NonNullable<Value>;
    } catch (error) {
      why = error;
    }
    if (Date.now() > end) throw new Error(`waited in vain for ${look}: ${why}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

/** Waits until whatever is due now has been rendered and painted. */
export async function waitForPaint(): Promise<void> {
  for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
}

/** How many requests of the page to an address that ends so have been answered. */
export function countResponses(path: string): number {
  return performance.getEntriesByType('resource').filter(({ name }) => name.endsWith(path)).length;
}

/** Waits until an element says something. */
export function waitForText(element: Element, text: string): Promise<true> {
  return waitFor(() => {
    if (!readText(element).includes(text)) throw new Error(`it says: ${readText(element)}`);
    return true as const;
  });
}

/** Collects the details of one kind of event. */
export function collectEvents<Name extends keyof EvalonEvents>(target: EventTarget, name: Name): EvalonEvents[Name][] {
  const details: EvalonEvents[Name][] = [];
  target.addEventListener(name, (event) => details.push((event as CustomEvent<EvalonEvents[Name]>).detail));
  return details;
}
