/** Starts the sandbox from the proxy's settings. A production proxy never loads the sandbox's code. */
import type { Config } from './config/config.ts';
import { isPostgresUrl } from './config/database-url.ts';
import { webhookPath } from './contract/routes.ts';
import type { PinnedVersion } from './pinned-files/build.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import type { Clock } from './util/clock.ts';
import type { Log } from './util/log.ts';

export async function startSandbox(
  config: Config,
  publicUrl: string,
  log: Log,
  clock: Clock,
  pinnedVersion: PinnedVersion | undefined,
): Promise<Sandbox> {
  const { database, assessments, allowedOrigins, evalon, sandboxWebhookToken } = config;
  const apiKey = evalon.apiKeys[0];
  if (!apiKey || !sandboxWebhookToken) throw new Error('sandbox mode needs an API key and a webhook token');
  const atsOrigin = allowedOrigins.find((origin) => /^https?:/.test(origin));
  const { createSandbox } = await import('./sandbox/sandbox.ts');
  return createSandbox({
    publicUrl,
    webhookUrl: `${publicUrl}${webhookPath(sandboxWebhookToken)}`,
    apiKey,
    databaseFile: toSandboxFile(database, 'evalon'),
    atsDatabaseFile: toSandboxFile(database, 'ats'),
    ...(assessments.length && { assessments }),
    ...(atsOrigin && { atsOrigin }),
    ...(pinnedVersion && { pinned: pinnedVersion }),
    log: (message, facts) => log.debug(facts ?? {}, message),
    clock,
  });
}

/** Returns a file next to the proxy's database, or `:memory:` if the database is not a file. */
export function toSandboxFile(database: string, name: string): string {
  const isFile = database !== ':memory:' && !isPostgresUrl(database);
  return isFile ? database.replace(/(\.db)?$/, `-${name}.db`) : ':memory:';
}

/** Replaces the wall clock with the sandbox's. */
export function createDemoClock(clock: Clock, { now }: Sandbox): Clock {
  return {
    now,
    monotonic: () => clock.monotonic(),
    bootId: clock.bootId,
    toSharedTime: (serverNow) => clock.toSharedTime(serverNow),
    runAfter: (ms, run) => clock.runAfter(ms, run),
  };
}

/**
 * Adds the demo's assessments, page adapters and ATS connectors to the settings, and switches the comparison of
 * results on. Switches the batch endpoint off, so that the progress of a batch is visible.
 */
export function addDemoSettings(
  config: Config,
  { assessments, adapters, connectors, writeBack, linkDelivery }: Sandbox,
): Config {
  const { batchPath: _, ...evalon } = config.evalon;
  return {
    ...config,
    isComparisonEnabled: true,
    evalon,
    assessments,
    adapters: [...adapters, ...config.adapters],
    ats: { ...connectors, ...config.ats },
    writeBack: [...writeBack, ...(config.delivery === 'ats' ? linkDelivery : []), ...config.writeBack],
  };
}
