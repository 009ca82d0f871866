/** Collects the lines that a proxy in this process logs. */
import type { LogFn } from 'pino';
import type { RunningProxy } from '../../proxy/server.ts';

export interface LogLine {
  facts: Record<string, unknown>;
  message: string;
}

/** Collects the lines with facts from now on, except those at level debug. */
export function collectLogLines({ context: { log } }: RunningProxy): LogLine[] {
  const lines: LogLine[] = [];
  for (const level of ['info', 'warn', 'error'] as const) {
    log[level] = ((facts: LogLine['facts'], message: string) => void lines.push({ facts, message })) as LogFn;
  }
  return lines;
}
