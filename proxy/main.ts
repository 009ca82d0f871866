/** The process: checks Node's version before it loads native code, starts the proxy, reloads settings, shuts down. */
import { requireNodeVersion } from './cli/require-node-version.ts';

requireNodeVersion('npm start');

const { watchFile } = await import('node:fs');
const { readConfig } = await import('./config/config.ts');
const { listSettingFiles } = await import('./config/environment.ts');
const { readServiceManager } = await import('./config/service-manager.ts');
const { diffSettings } = await import('./config/reload.ts');
const { SettingsError, Unavailable } = await import('./util/errors.ts');
const { startServiceNotifier } = await import('./util/service-notifier.ts');
const { startProxy } = await import('./server.ts');

const FILE_POLL_MS = 2_000;
/** Exit codes of sysexits.h: a temporary failure, and a configuration error. */
const EX_TEMPFAIL = 75;
const EX_CONFIG = 78;

// The process continues if the log cannot be written, for example because the disk is full.
for (const output of [process.stdout, process.stderr]) output.on('error', () => {});

try {
  const config = readConfig();
  const proxy = await startProxy(config);
  let current = config;

  const { clock, log } = proxy.context;
  const manager = readServiceManager();
  const notifier = manager && startServiceNotifier(manager, clock, log);

  const close = (): void => {
    notifier?.notifyStopping();
    void proxy.close().then(() => process.exit(0));
  };
  const drain = (): void => {
    notifier?.notifyStopping();
    void proxy.drain().then(() => process.exit(0));
  };
  // After Ctrl-C and in the sandbox, the proxy needs no drain, because no load balancer is in front of it.
  process.once('SIGTERM', config.isSandbox ? close : drain).once('SIGINT', close);
  // In the sandbox, SIGHUP means that the terminal was closed. In production, it requests a reload.
  if (config.isSandbox) process.once('SIGHUP', close);
  else process.on('SIGHUP', reload);

  function reload(): void {
    try {
      const next = readConfig();
      const { changed, waiting } = diffSettings(current, next);
      proxy.context.reload(next);
      current = next;
      log.info({ changed }, changed.length ? 'settings reloaded' : 'settings reloaded without changes');
      if (waiting.length) log.warn({ waiting }, 'restart the proxy to apply these settings');
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      log.error({ faults: error.errors }, 'invalid settings not applied; the previous settings remain in force');
    }
  }
  if (!config.isSandbox) for (const file of listSettingFiles()) watchFile(file, { interval: FILE_POLL_MS }, reload);

  await proxy.context.sandbox?.seed();
  process.stdout.write(
    config.isSandbox
      ? `\n  Sandbox: a simulated Evalon and demo candidates. Open ${proxy.url}\n\n`
      : `Evalon proxy (${config.environment}) is listening on ${proxy.url}\n`,
  );
} catch (error) {
  if (error instanceof Unavailable) {
    process.stderr.write(`The proxy cannot start right now: ${error.message}. Start it again.\n`);
    process.exit(EX_TEMPFAIL);
  }
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`Invalid settings:\n${error.errors.map((fault) => `  - ${fault}\n`).join('')}`);
  process.exit(EX_CONFIG);
}
