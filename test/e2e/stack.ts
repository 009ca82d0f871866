/** The servers of an end-to-end test. */
import type { Clock } from '../../proxy/util/clock.ts';
import { ADMIN_TOKEN } from '../support/admin-client.ts';
import { startEvalon, type TestEvalon } from '../support/evalon.ts';
import { findFreePort } from '../support/free-port.ts';
import { startAts } from '../support/host-app.ts';
import {
  buildProxySettings,
  createTempFolder,
  type Settings,
  startProxy,
  startProxyProcess,
  webhookUrl,
} from '../support/proxy.ts';
import type { Cleanup } from './fixtures.ts';

async function startAtsAndEvalon(cleanup: Cleanup) {
  const [evalon, ats] = [await startEvalon(), await startAts()];
  cleanup.after(() => Promise.all([evalon.close(), ats.close()]));
  return { evalon, ats };
}

/** Starts a company's ATS, the simulated Evalon, and the proxy in production mode in this process. */
export async function startE2eStack(cleanup: Cleanup, changes: Settings = {}, clock?: Clock) {
  const { evalon, ats } = await startAtsAndEvalon(cleanup);
  const proxy = await startProxy(evalon, { ALLOWED_ORIGINS: ats.url, ADMIN_TOKEN, ...changes }, clock);
  cleanup.after(() => proxy.close());
  ats.proxyUrl = proxy.url;
  return { evalon, ats, proxy };
}

/**
 * Like `startE2eStack`, but starts the proxy in a child process with a database file. A test can kill this process.
 * @param main the proxy's entry point. Default: the entry point of this release.
 */
export async function startE2eStackWithProcess(cleanup: Cleanup, changes: Settings = {}, main?: string) {
  const { evalon, ats } = await startAtsAndEvalon(cleanup);
  const { folder, remove } = createTempFolder();
  const settings = buildProxySettings(evalon, {
    PORT: String(await findFreePort()),
    DATABASE_URL: `file:${folder}/evalon.db`,
    ALLOWED_ORIGINS: ats.url,
    ADMIN_TOKEN,
    ...changes,
  });
  const stack = { evalon, ats, settings, proxy: await startProxyProcess(settings, main ? { main } : {}) };
  ats.proxyUrl = stack.proxy.url;
  evalon.webhookUrl = webhookUrl(stack.proxy.url);
  cleanup.after(async () => {
    await stack.proxy.kill('SIGKILL');
    remove();
  });
  return stack;
}

/** @throws if Evalon has no session of this candidate. */
export function findSessionId(evalon: TestEvalon, email = 'jane@example.com', projectId = 'proj_abc123'): string {
  const session = evalon.findSession(email, projectId);
  if (!session) throw new Error(`Evalon has no session of ${email}`);
  return session.session_uuid;
}
