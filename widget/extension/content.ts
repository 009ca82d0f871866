/**
 * In the ATS's page: keeps a frame of the extension beside the candidate on show, and tells that frame, when it asks, who that
 * is right now. It knows no token and no result, asks nothing of the proxy and heeds no message of the page.
 */

import { isRecord } from '../util/json.ts';
import { parseAdapters } from './adapters.ts';
import { extension } from './browser.ts';
import type { DetectedCandidate } from './messages.ts';
import { mountPanel } from './page-detection/mount-panel.ts';
import type { PageObserver } from './page-detection/observe-page.ts';
import type { Identity } from './page-detection/stable-identity.ts';

const HEIGHT = { least: 80, most: 4_000 };
const WIDTH = 380;
const MARK = 'data-evalon-extension';

let isStopped = false;
let watch: PageObserver | undefined;
/** The frame of the candidate on show; whoever asks under another name belongs to nobody. */
let current: { name: string; frame: HTMLIFrameElement } | undefined;

function make(): HTMLElement {
  const host = document.createElement('div');
  host.setAttribute(MARK, '');
  const frame = document.createElement('iframe');
  const name = crypto.randomUUID();
  frame.src = `${extension.runtime.getURL('panel.html')}#${name}`;
  frame.title = 'Evalon assessments';
  frame.style.cssText = `all:initial;display:block;width:100%;height:${HEIGHT.least}px;border:0;color-scheme:light dark`;
  host.attachShadow({ mode: 'closed' }).append(frame);
  host.style.cssText = `all:initial;display:block;max-width:${WIDTH}px`;
  // Until a place for it is known it lies over the corner of the page.
  queueMicrotask(() => {
    if (host.parentElement !== document.body) return;
    host.style.cssText += `;position:fixed;inset:auto 16px 16px auto;width:${WIDTH}px;max-height:80vh;overflow:auto;z-index:2147483647`;
  });
  current = { name, frame };
  return host;
}

function onShow(identity: Identity | undefined): DetectedCandidate | undefined {
  if (identity?.state !== 'candidate' && identity?.state !== 'unknown') return undefined;
  const { adapter, shown } = identity;
  const { name, ats, connected } = adapter;
  const known = identity.state === 'candidate' ? { ids: identity.ids, from: identity.from } : { from: 'page' as const };
  return { adapter: { name, ats, connected }, host: location.hostname, shown, ...known };
}

function stop(): void {
  isStopped = true;
  watch?.stop();
  watch = undefined;
  current = undefined;
}

/**
 * A page may get this script twice, when the extension is installed or updated: the newest one stays. In Firefox the old one
 * shares no world with it and runs no more: what it has left in the page is found by its mark, which pages may know.
 */
const world = globalThis as { evalonStop?: () => void };
world.evalonStop?.();
world.evalonStop = stop;
for (const left of document.querySelectorAll(`[${MARK}]`)) left.remove();

/** After an update the new version has a script of its own here: the old one goes quiet. */
const isOrphan = () => !extension.runtime?.id;

/** From the background, which passes on what a frame asks; an extension's other scripts have nothing to say to this one. */
extension.runtime.onMessage.addListener((message, { id }, answer) => {
  if (id !== extension.runtime.id || !isRecord(message)) return undefined;
  // What is asked for is looked at now: the frame of somebody who is gone gets no answer.
  const shown = onShow(watch?.identify());
  if (message['frame'] !== current?.name) return undefined;
  if (message['ask'] === 'who') answer(shown);
  else if (message['ask'] === 'height') {
    const height = Math.min(HEIGHT.most, Math.max(HEIGHT.least, Number(message['height']) || 0));
    current?.frame.style.setProperty('height', `${Math.ceil(height)}px`);
    answer(undefined);
  }
  return undefined;
});

extension.runtime.connect().onDisconnect.addListener(() => isOrphan() && stop());

extension.runtime.sendMessage({ ask: 'adapters' }).then((answer) => {
  if (isStopped) return;
  watch = mountPanel({ adapters: parseAdapters(answer), createPanel: make, onScan: () => isOrphan() && stop() });
});
