/**
 * The content script in the ATS's page. Mounts a panel of the extension for the candidate on the page, and sends the
 * panel the candidate's ids. It has no token and no results, sends nothing to the proxy and accepts no messages from
 * the page.
 */
import { isRecord } from '../util/json.ts';
import { extension } from './browser.ts';
import { type DetectedCandidate, sendMessage } from './messages.ts';
import { mountPanel } from './page-detection/mount-panel.ts';
import type { PageObserver } from './page-detection/observe-page.ts';
import type { Identity } from './page-detection/stable-identity.ts';
import { parseAdapters } from './parse-adapters.ts';

const MIN_HEIGHT_PX = 80;
const MAX_HEIGHT_PX = 4_000;
const WIDTH_PX = 380;
const HOST_ATTRIBUTE = 'data-evalon-extension';

let isStopped = false;
let observer: PageObserver | undefined;
/** The panel of the candidate on the page. The script ignores messages from other panels. */
let currentPanel: { id: string; frame: HTMLIFrameElement } | undefined;

function createPanel(): HTMLElement {
  const host = document.createElement('div');
  host.setAttribute(HOST_ATTRIBUTE, '');
  const frame = document.createElement('iframe');
  const id = crypto.randomUUID();
  frame.src = `${extension.runtime.getURL('panel.html')}#${id}`;
  frame.title = 'Evalon assessments';
  frame.style.cssText = `all:initial;display:block;width:100%;height:${MIN_HEIGHT_PX}px;border:0;color-scheme:light dark`;
  host.attachShadow({ mode: 'closed' }).append(frame);
  host.style.cssText = `all:initial;display:block;max-width:${WIDTH_PX}px`;
  // Without a place in the page, the panel covers the corner of the window.
  queueMicrotask(() => {
    if (host.parentElement !== document.body) return;
    host.style.cssText += `;position:fixed;inset:auto 16px 16px auto;width:${WIDTH_PX}px;max-height:80vh;overflow:auto;z-index:2147483647`;
  });
  currentPanel = { id, frame };
  return host;
}

function toDetectedCandidate(identity: Identity | undefined): DetectedCandidate | undefined {
  if (identity?.state !== 'candidate' && identity?.state !== 'unknown') return undefined;
  const { name, ats, connected } = identity.adapter;
  const ids = identity.state === 'candidate' ? { ids: identity.ids, from: identity.from } : { from: 'page' as const };
  return { adapter: { name, ats, connected }, host: location.hostname, shown: identity.shown, ...ids };
}

function resizePanel(frame: HTMLIFrameElement, height: unknown): void {
  const heightPx = Math.min(MAX_HEIGHT_PX, Math.max(MIN_HEIGHT_PX, Number(height) || 0));
  frame.style.setProperty('height', `${Math.ceil(heightPx)}px`);
}

function stop(): void {
  isStopped = true;
  observer?.stop();
  observer = undefined;
  currentPanel = undefined;
}

/** An update of the extension disconnects this script; the new version injects its own. */
function stopIfOrphaned(): void {
  if (!extension.runtime?.id) stop();
}

// An install or update can inject the script twice into a page: the newest one stays. Firefox runs it in a new world and
// stops the old one, whose panel is still in the page.
const world = globalThis as { evalonStop?: () => void };
world.evalonStop?.();
world.evalonStop = stop;
for (const host of document.querySelectorAll(`[${HOST_ATTRIBUTE}]`)) host.remove();

extension.runtime.onMessage.addListener((message, { id }, sendResponse) => {
  if (id !== extension.runtime.id || !isRecord(message)) return undefined;
  // Reads the page first: if the candidate has changed, this removes the panel that sent the message.
  const candidate = toDetectedCandidate(observer?.identify());
  if (!currentPanel || message['panelId'] !== currentPanel.id) return undefined;
  if (message['type'] === 'detect-candidate') sendResponse(candidate);
  else if (message['type'] === 'resize') {
    resizePanel(currentPanel.frame, message['height']);
    sendResponse(undefined);
  }
  return undefined;
});

extension.runtime.connect().onDisconnect.addListener(stopIfOrphaned);

void sendMessage({ type: 'get-adapters' }).then((adapters) => {
  if (isStopped) return;
  observer = mountPanel({ adapters: parseAdapters(adapters), createPanel, onScan: stopIfOrphaned });
});
