/** The process: checks Node before anything native is loaded, starts the proxy, rereads settings, ends when told to. */
import { requireNodeVersion } from './cli/require-node-version.ts';

requireNodeVersion('npm start');

const { watchFile } = await import('node:fs');
const { readConfig } = await import('./config/config.ts');
const { listSettingFiles } = await import('./config/environment.ts');
const { diffSettings } = await import('./config/reload.ts');
const { SettingsError, Unavailable } = await import('./util/errors.ts');
const { startProxy } = await import('./server.ts');

/** Milliseconds between two looks at the files that settings are read from. */
const FILE_POLL_MS = 2_000;

// A full disk under the log is no reason to end.
for (const output of [process.stdout, process.stderr]) output.on('error', () => {});

try {
  const config = readConfig();
  const proxy = await startProxy(config);
  let present = config;

  const end = (): void => {
    void proxy.close().then(() => process.exit(0));
  };
  const leave = (): void => {
    void proxy.drain().then(() => process.exit(0));
  };
  // A terminal's Ctrl-C has no load balancer before it, and neither has the sandbox.
  process.once('SIGTERM', config.isSandbox ? end : leave).once('SIGINT', end);
  if (config.isSandbox) process.once('SIGHUP', end);
  else process.on('SIGHUP', reload);

  function reload(): void {
    const { log } = proxy.context;
    try {
      const next = readConfig();
      const { changed, waiting } = diffSettings(present, next);
      proxy.context.reload(next);
      present = next;
      log.info(
        { changed },
        changed.length ? 'the settings were read again' : 'the settings were read again: all are as before',
      );
      if (waiting.length) log.warn({ waiting }, 'these settings are taken over by a restart only');
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      log.error({ faults: error.errors }, 'the settings were read again and cannot work: the former ones stay');
    }
  }
  if (!config.isSandbox) for (const file of listSettingFiles()) watchFile(file, { interval: FILE_POLL_MS }, reload);

  await proxy.context.sandbox?.seed();
  process.stdout.write(
    config.isSandbox
      ? `\n  Sandbox: a simulated Evalon and demo candidates. Open ${proxy.url}\n\n`
      : `Evalon proxy (${config.environment}) serves ${proxy.url}\n`,
  );
} catch (error) {
  if (error instanceof Unavailable) {
    process.stderr.write(`The proxy cannot start right now: ${error.message}. Start it again.\n`);
    process.exit(75);
  }
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`The settings cannot work:\n${error.errors.map((fault) => `  - ${fault}\n`).join('')}`);
  process.exit(78);
}
