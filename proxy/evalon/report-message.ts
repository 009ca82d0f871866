/** Counts messages from Evalon that the proxy does not understand, and logs each new shape once. Never logs a value. */
import type { Log } from '../util/log.ts';
import type { Metrics } from '../util/metrics.ts';
import type { EvalonMessage } from './field-map.ts';
import type { ParseReport } from './parse-report.ts';

interface MessageFacts {
  /** Without ids and tokens. */
  path: string;
  /** HTTP status. */
  status: number;
  /** If false, the message had no effect. */
  isUnderstood: boolean;
  /** Fields that the message lacks or has under an unknown key. */
  missing?: readonly string[];
}

export type ReportMessage = (
  message: EvalonMessage,
  report: Pick<ParseReport, 'problems' | 'leftover'>,
  facts: MessageFacts,
) => void;

interface Options {
  log: Log;
  metrics: Pick<Metrics, 'parseProblems' | 'unrecognizedMessages'>;
}

/** Beyond this number, the oldest shape is forgotten and may be logged again. */
const MAX_SHAPES = 1_000;
/** A key with three digits in a row could be an id. */
const DIGITS = /\d{3}/;

export function createReportMessage({ log, metrics }: Options): ReportMessage {
  const shapes = new Set<string>();

  function isNew(shape: string): boolean {
    if (shapes.has(shape)) return false;
    if (shapes.size >= MAX_SHAPES) shapes.delete(shapes.values().next().value ?? '');
    shapes.add(shape);
    return true;
  }

  return (message, { problems, leftover }, { path, status, isUnderstood, missing = [] }) => {
    if (!isUnderstood) metrics.unrecognizedMessages.inc({ message });
    for (const { problem } of problems) metrics.parseProblems.inc({ message, problem });
    if (missing.length) metrics.parseProblems.inc({ message, problem: 'missing' });
    const logFields = {
      message,
      path,
      status,
      problems: [
        ...new Set(problems.map(({ field, problem, pointer }) => `${field} ${problem} ${hideIds(pointer)}`.trim())),
      ],
      missing,
      keys: [...new Set(leftover.map(hideIds))],
    };
    if (!isNew(JSON.stringify([logFields, isUnderstood]))) return;
    if (isUnderstood) {
      log.warn(
        { alert: 'evalon_message_incomplete', ...logFields },
        'a message from Evalon is understood only in part: docs/evalon-api.md explains how to map its keys',
      );
    } else {
      log.error(
        { alert: 'evalon_message_unrecognized', ...logFields },
        'a message from Evalon is not understood: docs/evalon-api.md explains how to map its keys',
      );
    }
  };
}

/** Replaces ids and array positions, so that messages of the same shape have the same text. */
function hideIds(pointer: string): string {
  return pointer
    .split('/')
    .map((key) => (/^\d+$/.test(key) ? '*' : DIGITS.test(key) ? '…' : key))
    .join('/');
}
