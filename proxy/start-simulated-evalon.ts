/** Serves the simulated Evalon alone, for a proxy in production mode. The proxy itself never loads this code. */
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import express from 'express';
import type { SimulatedEvalonConfig } from './config/simulated-evalon.ts';
import { createRandomNetwork } from './sandbox/evalon/network-conditions.ts';
import { createSimulatedEvalon } from './sandbox/evalon/simulated-evalon.ts';
import { toSandboxFile } from './start-sandbox.ts';
import { SettingsError } from './util/errors.ts';

const ASSETS = fileURLToPath(new URL('./sandbox/assets/', import.meta.url));

/**
 * Resolves once the simulated Evalon serves `baseUrl`.
 * @throws SettingsError if the server cannot listen there.
 */
export async function startSimulatedEvalon(
  { baseUrl, assessments, proxyDatabase, ...config }: SimulatedEvalonConfig,
  log: (message: string, facts?: object) => void,
): Promise<{ close(): Promise<void> }> {
  const app = express();
  const server = createServer(app);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // `listen` expects an IPv6 address without its brackets.
  server.once('error', reject).listen(Number(baseUrl.port || 80), baseUrl.hostname.replace(/^\[|\]$/g, ''), resolve);
  await promise.catch((error: NodeJS.ErrnoException) => {
    throw new SettingsError([
      `EVALON_BASE_URL names ${baseUrl.host}, where the simulated Evalon cannot listen (${error.code}): free it or choose another port`,
    ]);
  });
  const evalon = createSimulatedEvalon({
    ...config,
    baseUrl: baseUrl.href.replace(/\/$/, ''),
    databaseFile: toSandboxFile(proxyDatabase, 'simulated-evalon'),
    network: createRandomNetwork(Math.random),
    getLabel: ({ project_id, assessment_type }) =>
      assessments.find((offer) => offer.project_id === project_id && offer.assessment_type === assessment_type)
        ?.label ?? assessment_type,
    log,
  });
  app.use('/sandbox', express.static(ASSETS, { index: false }));
  app.use(baseUrl.pathname, evalon.router);
  return {
    async close() {
      server.close();
      server.closeAllConnections();
      await evalon.close();
    },
  };
}
