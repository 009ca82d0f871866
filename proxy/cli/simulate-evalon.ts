/**
 * `npm run simulate-evalon`: serves a simulated Evalon at `EVALON_BASE_URL`, to try a proxy in production mode. Reads
 * the proxy's settings. The simulated Evalon accepts `EVALON_API_KEY`, and sends its webhooks to the proxy on this
 * machine.
 *
 * Exit code 78: a setting is invalid.
 */
import { requireNodeVersion } from './require-node-version.ts';

requireNodeVersion('npm run simulate-evalon');

const { readSimulatedEvalonConfig } = await import('../config/simulated-evalon.ts');
const { startSimulatedEvalon } = await import('../start-simulated-evalon.ts');
const { SettingsError } = await import('../util/errors.ts');

const log = (message: string, facts: object = {}): void =>
  void process.stderr.write(`${message} ${JSON.stringify(facts)}\n`);

try {
  const config = readSimulatedEvalonConfig();
  const server = await startSimulatedEvalon(config, log);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void server.close());
  process.stdout.write(`Simulated Evalon with test data is listening on ${config.baseUrl.origin}\n`);
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`Invalid settings:\n${error.errors.map((fault) => `  - ${fault}\n`).join('')}`);
  process.exit(78);
}
