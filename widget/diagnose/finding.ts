/** The result of one check of `EvalonWidget.diagnose()`. */
export type Subject = 'script' | 'policy' | 'proxy' | 'origin' | 'version' | 'token' | 'project' | 'element';

export interface Finding {
  subject: Subject;
  level: 'ok' | 'warn' | 'fail';
  /** Contains no token and no data about a candidate. */
  message: string;
  /** What the page's developer or IT can do. */
  fix?: string;
}

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
