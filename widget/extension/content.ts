/**
 * The content script in the ATS's page. It shows a chip that opens the side panel, and sends the side panel the ids of
 * the page's candidate. It has no token and no results, sends nothing to the proxy and accepts no messages from the page.
 */
import { isRecord } from '../util/json.ts';
import { extension, isFirefox, type Port } from './browser.ts';
import { CANDIDATE_PORT, type PageMessage, type PageState, sendMessage } from './messages.ts';
import { CHIP_ATTRIBUTE, createChip } from './page-detection/chip.ts';
import { queryAll, removeElement } from './page-detection/dom.ts';
import { createChipMount } from './page-detection/mount-chip.ts';
import { observeCandidatePage, type PageObserver, toIdentityKey } from './page-detection/observe-page.ts';
import type { Identity } from './page-detection/stable-identity.ts';
import { parseAdapters } from './parse-adapters.ts';

/** A symbol, because an element of the page with the id `x` becomes the window's property `x`. */
const STOP = Symbol.for('evalon-extension-stop');

let isStopped = false;
let observer: PageObserver | undefined;
const ports = new Set<Port>();

/** Whether an update of the extension has disconnected this script. The new version injects a new script. */
const isOrphaned = () => isStopped || !extension.runtime?.id;

function toPageState(identity: Identity | undefined): PageState {
  if (!identity || identity.state === 'none') return { state: 'none' };
  if (identity.state === 'changing') return { state: 'changing' };
  const { name, ats, connected } = identity.adapter;
  const ids = identity.state === 'candidate' ? { ids: identity.ids, from: identity.from } : { from: 'page' as const };
  const candidate = { adapter: { name, ats, connected }, host: location.hostname, shown: identity.shown, ...ids };
  return { state: 'candidate', key: toIdentityKey(identity), candidate };
}

function sendPageState(port: Port, identity: Identity | undefined, replyTo?: number): void {
  const message: PageMessage = { page: toPageState(identity), ...(replyTo !== undefined && { replyTo }) };
  port.postMessage(message);
}

/** Serves the side panel, which connects to the page of the active tab. */
function servePanel(port: Port): void {
  if (port.name !== CANDIDATE_PORT || isStopped) return;
  ports.add(port);
  port.onDisconnect.addListener(() => ports.delete(port));
  port.onMessage.addListener((message) => {
    if (isRecord(message)) sendPageState(port, observer?.identify(), Number(message['requestId']));
  });
  sendPageState(port, observer?.identify());
}

/** Notifies the background script, which updates the toolbar icon. */
function reportChange(identity: Identity): void {
  if (!isOrphaned()) void sendMessage({ type: 'page-changed', page: toPageState(identity) }).catch(() => {});
}

function observePage(adapters: unknown): void {
  if (isStopped) return;
  // Firefox opens the sidebar only for a click in its own windows.
  const chip = createChip(isFirefox ? undefined : () => void sendMessage({ type: 'open-panel' }));
  const chipMount = createChipMount(chip.host, chip.setPosition, isOrphaned);
  let current: Identity = { state: 'none' };
  observer = observeCandidatePage({
    adapters: parseAdapters(adapters),
    onChange(identity) {
      if (identity.state !== 'none' || current.state !== 'none') reportChange(identity);
      current = identity;
      for (const port of ports) sendPageState(port, identity);
    },
    onScan() {
      if (isOrphaned()) stop();
      chipMount.update(current.state === 'none' ? undefined : current.adapter);
    },
  });
}

function stop(): void {
  isStopped = true;
  observer?.stop();
  observer = undefined;
  for (const port of ports) port.disconnect();
  ports.clear();
}

// An install or update can inject the script into a page twice. Only the newest script stays. Firefox runs the
// newest script in a new world and stops the old one, but leaves the old chip in the page.
const world = globalThis as { [STOP]?: () => void };
world[STOP]?.();
world[STOP] = stop;
for (const host of queryAll(document, `[${CHIP_ATTRIBUTE}]`)) removeElement(host);

/** Notifies the side panel that it can connect. */
function announcePage(): void {
  if (!isOrphaned()) void sendMessage({ type: 'page-ready' }).catch(() => {});
}

extension.runtime.onConnect.addListener(servePanel);
void sendMessage({ type: 'get-adapters' }).then((adapters) => {
  observePage(adapters);
  announcePage();
});
// A page from the back/forward cache has lost its connections to the side panel.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) announcePage();
});
