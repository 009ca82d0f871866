/**
 * Notifies systemd that the proxy is ready, alive or stopping. If the event loop blocks, the notifications stop, and
 * systemd restarts the proxy.
 */
import { execFile } from 'node:child_process';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';

/** Part of systemd. Node itself cannot send datagrams to a Unix socket. */
const COMMAND = 'systemd-notify';
const COMMAND_TIMEOUT_MS = 5_000;
/** More than one, so that a single late notification does not cause a restart. */
const NOTIFICATIONS_PER_PERIOD = 3;

export interface ServiceNotifier {
  /** The proxy is shutting down. The watchdog is fed until the process ends. */
  notifyStopping(): void;
}

/** Reports that the proxy is ready, and from then on feeds the watchdog, if there is one. */
export function startServiceNotifier({ watchdogMs }: { watchdogMs?: number }, clock: Clock, log: Log): ServiceNotifier {
  const notify = (...states: string[]): void => {
    execFile(COMMAND, states, { timeout: COMMAND_TIMEOUT_MS }, (error) => {
      if (error) log.error({ err: error }, 'systemd-notify failed: systemd may restart the proxy');
    });
  };
  const feed = (intervalMs: number): void => {
    notify('WATCHDOG=1');
    clock.runAfter(intervalMs, () => feed(intervalMs));
  };
  notify('READY=1');
  if (watchdogMs !== undefined) feed(watchdogMs / NOTIFICATIONS_PER_PERIOD);
  return { notifyStopping: () => notify('STOPPING=1') };
}
