/**
 * The extension's background: tells pages' scripts how candidates are found there, and counts the new results for the toolbar,
 * by asking every few minutes; it holds nothing open. It may be stopped at any time and keeps nothing in memory.
 */
import type { ServedAdapter } from '../../proxy/contract/page-adapter.ts';
import * as ROUTES from '../../proxy/contract/routes.ts';
import { Client } from '../api/client.ts';
import { parseQueryResponse } from '../api/parse.ts';
import { createTokenSource } from '../api/token-source.ts';
import { Tokens } from '../api/tokens.ts';
import { badgeTitle } from '../strings/en/extension.ts';
import { FINISHED_STATUSES, getReportedTime } from '../sync/inbox.ts';
import { systemClock } from '../util/clock.ts';
import { isRecord, toRecord } from '../util/json.ts';
import { runAction } from './background-actions.ts';
import { extension } from './browser.ts';
import { openSession } from './extension-session.ts';
import { readSettings, saveAdapters } from './extension-settings.ts';
import { registerOptionalHosts } from './optional-hosts.ts';

const EVERY = { periodInMinutes: 5 };
const MOST = 50;

/** Asks what is new; where nobody is signed in or the proxy cannot be asked, nothing is. */
async function count(hasLooked = false): Promise<void> {
  const client = await connect();
  if (!client) return mark(0);
  await learn(client);
  const body = { filter: { mine: true, status: FINISHED_STATUSES }, sort: '-updated_at', limit: MOST };
  const answer = await client.request(ROUTES.sessionQuery, { body }, parseQueryResponse).catch(() => undefined);
  if (!answer) return mark(0);
  const news = answer.sessions.map(getReportedTime).sort();
  const looked = toRecord((await extension.storage.local.get('looked'))['looked']);
  const last = looked[answer.viewer];
  if (hasLooked || typeof last !== 'string') {
    await extension.storage.local.set({ looked: { [answer.viewer]: news.at(-1) ?? '' } });
    return mark(0);
  }
  await mark(news.filter((at) => at > last).length);
}

/** The proxy, as whoever is signed in; undefined where nobody is, or where it cannot be asked. */
async function connect(): Promise<Client | undefined> {
  const { proxyUrl } = await readSettings();
  const session = proxyUrl ? await openSession(proxyUrl, () => {}).catch(() => undefined) : undefined;
  if (!proxyUrl || !session) return undefined;
  const fetcher = globalThis.fetch.bind(globalThis);
  const tokens = new Tokens(createTokenSource(session.getToken, proxyUrl, fetcher), systemClock);
  return new Client(proxyUrl, tokens, systemClock, fetcher);
}

/** Takes over how the proxy says that pages are read. */
async function learn(client: Client): Promise<void> {
  const { proxyUrl = '' } = await readSettings();
  const keep = (offer: unknown) => saveAdapters(proxyUrl, toRecord(offer)['adapters']).then(() => true);
  await client.request(ROUTES.config, {}, keep).catch(() => {});
}

/** How pages are read; asked of the proxy where it has never said so. */
async function adapters(): Promise<ServedAdapter[]> {
  const settings = await readSettings();
  if (settings.hasProxyAdapters) return settings.adapters;
  const client = await connect();
  if (!client) return settings.adapters;
  await learn(client);
  return (await readSettings()).adapters;
}

async function mark(news: number): Promise<void> {
  await extension.action.setBadgeText({ text: news ? `${news}${news === MOST ? '+' : ''}` : '' });
  await extension.action.setTitle({ title: badgeTitle(news) });
}

const tryCount = (hasLooked = false) => void count(hasLooked).catch(() => {});

/** Pages that are open when the extension is installed, updated, allowed on them or told otherwise by policy get a new script; an old one goes quiet. */
async function enterPages(url: string[]): Promise<void> {
  const [{ js } = { js: [] }] = extension.runtime.getManifest().content_scripts;
  for (const { id } of url.length ? await extension.tabs.query({ url }) : []) {
    if (id === undefined) continue;
    await extension.scripting.executeScript({ target: { tabId: id }, files: js }).catch(() => {});
  }
}

async function allPages(): Promise<string[]> {
  const known = extension.runtime.getManifest().content_scripts.flatMap(({ matches }) => matches);
  return [...known, ...(await registerOptionalHosts())];
}

async function enterAllowed(origins: string[] = []): Promise<void> {
  await enterPages((await allPages()).filter((pattern) => origins.includes(pattern)));
}

extension.runtime.onInstalled.addListener(async () => enterPages(await allPages()));
extension.permissions.onAdded.addListener(({ origins }) => void enterAllowed(origins));
extension.permissions.onRemoved.addListener(() => void registerOptionalHosts());
extension.storage.onChanged.addListener((changes, area) => {
  if (area === 'managed') void allPages().then(enterPages);
  else if (changes['served'] || changes['proxyUrl']) void registerOptionalHosts();
});
extension.runtime.onConnect.addListener(() => {});
extension.runtime.onMessage.addListener((message, sender, answer) => {
  if (sender.id !== extension.runtime.id || !isRecord(message)) return undefined;
  const errand = runAction(message, sender);
  if (errand) {
    void errand.then(answer, () => answer(undefined)).then(() => message['ask'] === 'sign-in' && tryCount());
    return true;
  }
  if (message['ask'] === 'adapters') {
    void adapters().then(answer);
    return true;
  }
  if (message['tell'] === 'news' || message['tell'] === 'signed') tryCount();
  if (message['tell'] === 'looked') tryCount(true);
  return undefined;
});
extension.runtime.onStartup.addListener(() => tryCount());
extension.alarms.create('count', EVERY);
extension.alarms.onAlarm.addListener(() => tryCount());
void extension.storage.local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
