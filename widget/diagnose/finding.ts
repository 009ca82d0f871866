/** Creates the results of the checks of `EvalonWidget.diagnose()`. */
import type { Finding } from '../package/settings.ts';

export type { Finding };

type Subject = Finding['subject'];

export const ok = (subject: Subject, message: string): Finding => ({ subject, level: 'ok', message });
export const warn = (subject: Subject, message: string, fix: string): Finding => ({
  subject,
  level: 'warn',
  message,
  fix,
});
export const fail = (subject: Subject, message: string, fix: string): Finding => ({
  subject,
  level: 'fail',
  message,
  fix,
});
