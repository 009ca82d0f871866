/** What systemd tells a service of type `notify` (sd_notify(3), sd_watchdog_enabled(3)). */
import type { Environment } from './environment.ts';

export interface ServiceManager {
  /** How long the proxy may stay silent before systemd restarts it. Absent: there is no watchdog. */
  watchdogMs?: number;
}

/** Returns undefined if no service manager waits for notifications of this process. */
export function readServiceManager(
  environment: Environment = process.env,
  pid = process.pid,
): ServiceManager | undefined {
  const { NOTIFY_SOCKET: socket, WATCHDOG_USEC: watchdogUs, WATCHDOG_PID: watchdogPid } = environment;
  if (!socket) return undefined;
  const watchdogMs = Number(watchdogUs) / 1_000;
  const isWatched = watchdogMs > 0 && (!watchdogPid || Number(watchdogPid) === pid);
  return isWatched ? { watchdogMs } : {};
}
