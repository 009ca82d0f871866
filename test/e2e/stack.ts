/** Where a journey takes place. */
import type { TestContext } from 'node:test';
import { ADMIN_TOKEN } from '../support/admin-client.ts';
import { startEvalon } from '../support/evalon.ts';
import { startAts } from '../support/host-app.ts';
import {
  buildProxySettings,
  createTempFolder,
  findFreePort,
  type Settings,
  startProxyProcess,
  webhookUrl,
} from '../support/proxy.ts';

/** A company's ATS, the proxy in production mode as a process, and the test Evalon. */
export async function startE2eStack(test: TestContext, changes: Settings = {}) {
  const { folder, remove } = createTempFolder();
  const [evalon, ats] = [await startEvalon(), await startAts()];
  const settings = buildProxySettings(evalon, {
    PORT: String(await findFreePort()),
    DATABASE_URL: `file:${folder}/evalon.db`,
    ALLOWED_ORIGINS: ats.url,
    ADMIN_TOKEN,
    ...changes,
  });
  const company = { evalon, ats, settings, proxy: await startProxyProcess(settings) };
  ats.proxyUrl = company.proxy.url;
  evalon.webhookUrl = webhookUrl(company.proxy.url);
  test.after(async () => {
    await company.proxy.kill('SIGKILL');
    await Promise.all([evalon.close(), ats.close()]);
    remove();
  });
  return company;
}
