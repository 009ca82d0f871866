/** The servers of an end-to-end test. */
import { ADMIN_TOKEN } from '../support/admin-client.ts';
import { startEvalon, type TestEvalon } from '../support/evalon.ts';
import { startAts } from '../support/host-app.ts';
import {
  buildProxySettings,
  createTempFolder,
  findFreePort,
  type Settings,
  startProxyProcess,
  webhookUrl,
} from '../support/proxy.ts';
import type { Cleanup } from './fixtures.ts';

/** Starts a company's ATS, the proxy in production mode as a process, and the simulated Evalon. */
export async function startE2eStack(cleanup: Cleanup, changes: Settings = {}) {
  const { folder, remove } = createTempFolder();
  const [evalon, ats] = [await startEvalon(), await startAts()];
  const settings = buildProxySettings(evalon, {
    PORT: String(await findFreePort()),
    DATABASE_URL: `file:${folder}/evalon.db`,
    ALLOWED_ORIGINS: ats.url,
    ADMIN_TOKEN,
    ...changes,
  });
  const stack = { evalon, ats, settings, proxy: await startProxyProcess(settings) };
  ats.proxyUrl = stack.proxy.url;
  evalon.webhookUrl = webhookUrl(stack.proxy.url);
  cleanup.after(async () => {
    await stack.proxy.kill('SIGKILL');
    await Promise.all([evalon.close(), ats.close()]);
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
