/** Collects the lines that a proxy in this process logs. */
import type { LogFn } from 'pino';
import type { RunningProxy } from '../../proxy/server.ts';

export interface LogLine {
  /** The object that the proxy logs with the message. */
  facts: Record<string, unknown>;
  message: string;
}

/**
 * Collects the lines that the proxy logs from now on, except those at level debug. Each call of the log must pass facts
 * before its message.
 */
export function collectLogLines({ context: { log } }: RunningProxy): LogLine[] {
  const lines: LogLine[] = [];
  for (const level of ['info', 'warn', 'error'] as const) {
    log[level] = ((facts: LogLine['facts'], message: string) => void lines.push({ facts, message })) as LogFn;
  }
  return lines;
}
