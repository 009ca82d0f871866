import { assert } from 'chai';
import type { EvalonElement } from '../../../widget/elements/base/evalon-element.ts';
import { collectEvents, findButton, findInShadow, mountWithProxy, readText, waitFor, waitForText } from '../fixture.ts';
import { ScriptedProxy } from '../scripted-proxy.ts';

const JANE = { 'candidate-email': 'jane@example.com', 'candidate-name': 'Jane Smith', 'project-id': 'p1' };

/** Creates a proxy that can be reached only while the browser is online. */
function createProxy(): ScriptedProxy {
  const proxy = new ScriptedProxy();
  proxy.override = () => {
    if (!navigator.onLine) throw new TypeError('Failed to fetch');
    return undefined;
  };
  return proxy;
}

function setOnline(isOnline: boolean): void {
  Object.defineProperty(navigator, 'onLine', { configurable: true, value: isOnline });
  dispatchEvent(new Event(isOnline ? 'online' : 'offline'));
}

function countOfflineMessages(element: EvalonElement): number {
  const text = readText(element);
  return (text.match(/You're offline\./g) ?? []).length + (text.match(/Can't reach/g) ?? []).length;
}

describe('while the browser is offline', () => {
  afterEach(() => {
    Reflect.deleteProperty(navigator, 'onLine');
  });

  it('a panel shows one message, even after a failed invite, and none after it has reconnected', async () => {
    const panel = await mountWithProxy(createProxy(), 'evalon-assessments', JANE);
    const invite = await waitFor(() => findButton(panel, 'Invite'));
    const errors = collectEvents(panel, 'evalon-error');
    setOnline(false);
    await waitForText(panel, "You're offline. Last updated less than a minute ago.");
    invite.click();
    await waitFor(() => errors.some(({ code }) => code === 'unreachable'));
    await waitFor(() => invite.textContent === 'Invite');
    assert.equal(countOfflineMessages(panel), 1);
    setOnline(true);
    await waitFor(() => countOfflineMessages(panel) === 0);
    assert.equal(findButton(panel, 'Invite').textContent, 'Invite');
  });

  it('a panel without data shows one message and a retry button, and none after it has reconnected', async () => {
    setOnline(false);
    const panel = await mountWithProxy(createProxy(), 'evalon-assessments', JANE);
    await waitForText(panel, "Can't reach the assessment server. Check your connection.");
    findInShadow(panel, '[part=retry-button]');
    assert.equal(countOfflineMessages(panel), 1);
    setOnline(true);
    await waitFor(() => findButton(panel, 'Invite'));
    assert.equal(countOfflineMessages(panel), 0);
  });

  it('an invite button shows why the invite failed, until the browser is online again', async () => {
    const element = await mountWithProxy(createProxy(), 'evalon-invite-button', {
      ...JANE,
      'assessment-type': 'marketing',
    });
    const invite = await waitFor(() => findButton(element, 'Invite'));
    setOnline(false);
    invite.click();
    await waitForText(element, "Can't reach the assessment server.");
    setOnline(true);
    await waitFor(() => countOfflineMessages(element) === 0);
  });
});
