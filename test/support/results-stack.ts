/** A proxy with many stored sessions of one project, for `evalon-results`. */
import { join } from 'node:path';
import { startEvalon } from './evalon.ts';
import { startAts } from './host-app.ts';
import { createLargeDatabase } from './large-database.ts';
import { buildProxySettings, createTempFolder, startProxyProcess, webhookUrl } from './proxy.ts';

export const RESULTS_PROJECT = 'project-0';
const SEED = 7;

export async function startResultsStack(sessionCount: number, openSessionCount: number) {
  const [evalon, ats] = [await startEvalon(), await startAts()];
  const { folder, remove } = createTempFolder();
  const file = join(folder, 'evalon.db');
  await createLargeDatabase(file, {
    evalonUrl: evalon.url,
    sessionCount,
    openSessionCount,
    seed: SEED,
    projectCount: 1,
  });
  const changes = { DATABASE_URL: `file:${file}`, ALLOWED_ORIGINS: ats.url, COMPARISON: 'on', ASSESSMENTS: undefined };
  const proxy = await startProxyProcess(buildProxySettings(evalon, changes));
  ats.proxyUrl = proxy.url;
  ats.body = `<evalon-results project-id="${RESULTS_PROJECT}"></evalon-results>`;
  evalon.webhookUrl = webhookUrl(proxy.url);
  return {
    ats,
    evalon,
    proxy,
    async close() {
      await proxy.kill('SIGKILL');
      await Promise.all([evalon.close(), ats.close()]);
      remove();
    },
  };
}
