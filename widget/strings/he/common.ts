import type { SessionStatus } from '../../../proxy/contract/status.ts';
import type { WidgetProblem } from '../../api/errors.ts';
import type { Session } from '../../api/parse.ts';
import { humanize } from '../humanize.ts';
import { lookUp } from '../look-up.ts';
import { type ProblemTexts, translateProblem } from '../translation.ts';
import { formats } from './formats.ts';

export const { formatDate, formatNumber, formatScore } = formats;

export const locale = 'he';
export const direction = 'rtl';

export const panelTitle = 'מבדקים';
export const loading = 'בטעינה…';
export const retry = 'ניסיון חוזר';
export const reconnecting = 'החיבור מתחדש…';
export const offline = 'אין חיבור לאינטרנט.';
export const noAssessments = 'לא הוגדרו מבדקים. יש לפנות למחלקת ה-IT.';
export const noInvitePermission = 'אין לך הרשאה להזמין מועמדים. יש לפנות למחלקת ה-IT.';
export const noViewPermission = 'אין לך הרשאה לצפות בפרטי המועמד/ת. יש לפנות למחלקת ה-IT.';
export const notInvited = 'ללא הזמנה';
export const checkingResult = 'התוצאה נבדקת…';
export const resultUnavailable = 'התוצאה אינה זמינה';
export const waitingForEvalon = 'בהמתנה ל-Evalon';
export const resultPending = 'התוצאה תופיע כאן.';
export const unknownAssessment = 'מבדק';
export const assessmentErased = 'המבדק נמחק.';
export const copied = 'הועתק';

const PROBLEMS: ProblemTexts = {
  invalid_request: 'הבקשה אינה תקינה. יש לבדוק את הפרטים או לפנות למחלקת ה-IT.',
  unauthenticated: 'תוקף הכניסה פג. יש לטעון מחדש את הדף.',
  forbidden: 'אין לך הרשאה לפעולה הזו. יש לפנות למחלקת ה-IT.',
  not_found: 'לא נמצא. ייתכן שהנתונים נמחקו או שאין לך הרשאת גישה.',
  not_ready: 'עדיין אין ב-Evalon תוצאה למבדק הזה.',
  type_conflict: 'מבדק אחד בלבד לכל פרויקט. למועמד/ת כבר יש מבדק אחר.',
  conflict: 'בוצע בינתיים שינוי אחר. יש לטעון מחדש את הדף ולנסות שוב.',
  too_large: 'הבקשה גדולה מדי. יש לחלק אותה.',
  rate_limited: 'יש כרגע יותר מדי בקשות. יש לנסות שוב בעוד רגע.',
  upstream_rejected: 'הבקשה נדחתה על ידי Evalon. יש לבדוק את השם ואת כתובת הדוא"ל של המועמד/ת או לפנות למחלקת ה-IT.',
  upstream_unavailable: 'לא ניתן להתחבר כרגע ל-Evalon. יש לנסות שוב בעוד רגע.',
  unavailable: 'השירות אינו זמין כרגע. יש לנסות שוב בעוד רגע.',
  internal: 'משהו השתבש. יש לנסות שוב. אם הבעיה חוזרת, יש לפנות למחלקת ה-IT.',
  unreachable: 'לא ניתן להתחבר לשרת. יש לבדוק את החיבור.',
  timeout: 'השרת לא השיב בזמן. יש לנסות שוב.',
  no_token: 'לא בוצעה כניסה. יש לטעון מחדש את הדף או לנסות שוב.',
  bad_answer: 'לא ניתן לקרוא את תשובת השרת. יש לנסות שוב.',
  missing_attribute: 'הדף אינו מוגדר כראוי. יש לפנות למחלקת ה-IT.',
  page_conflict: 'סקריפט אחר בדף חוסם את התצוגה. יש לפנות למחלקת ה-IT.',
  unknown: 'משהו השתבש. יש לנסות שוב.',
};

export const describeProblem = (problem: WidgetProblem) => translateProblem(problem, PROBLEMS);
export const reference = (id: string) => `מספר סימוכין: ${id}`;
export const testEnvironment = (name: string) => `נתוני בדיקה · ${humanize(name)}`;

export const invite = { idle: 'הזמנה', sending: 'ההזמנה נוצרת…', failed: 'ניסיון חוזר להזמנה' };
export const inviteAgain = {
  idle: 'הזמנה חוזרת',
  sending: 'ההזמנה החוזרת נוצרת…',
  failed: 'ניסיון חוזר להזמנה',
};
export const inviteTo = (assessment: string) => ({
  idle: `הזמנה למבדק \u2068${assessment}\u2069`,
  sending: `נוצרת הזמנה למבדק \u2068${assessment}\u2069…`,
  failed: `ניסיון חוזר להזמנה למבדק \u2068${assessment}\u2069`,
});
export const inviteLabel = ({ name, assessment, text }: { name: string; assessment: string; text: string }) =>
  text.includes(assessment) ? `${text}: ${name}` : `${text}: ${name}, ${assessment}`;
export const panelLabel = (name: string) => `מבדקים: ${name}`;

const STATUSES: Record<SessionStatus, string> = {
  invited: 'ההזמנה נוצרה',
  opened: 'הקישור נפתח',
  started: 'המבדק התחיל',
  submitted: 'התשובות הוגשו',
  scoring: 'הציון מחושב',
  expired: 'פג תוקף',
  cancelled: 'בוטל',
  declined: 'ויתור של המועמד/ת',
  failed: 'הסתיים ללא תוצאה',
  completed: 'הושלם',
};
export const statusLabel = (status: string) => lookUp(STATUSES, status) ?? 'סטטוס לא ידוע';

export function lastUpdated(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'עודכן לאחרונה לפני פחות מדקה.';
  return formats.plural(minutes, {
    one: 'עודכן לאחרונה לפני דקה.',
    two: 'עודכן לאחרונה לפני שתי דקות.',
    other: 'עודכן לאחרונה לפני # דקות.',
  });
}

export const inviteDate = ({ invited_at }: Session) => `תאריך הזמנה: ${formatDate(invited_at)}`;
export const sessionDate = (session: Session) =>
  session.status === 'completed' && session.completed_at
    ? `תאריך השלמה: ${formatDate(session.completed_at)}`
    : inviteDate(session);

export function statusAnnouncement({ candidate_name, status, score_summary }: Session, assessment: string): string {
  const text = `${candidate_name}, ${assessment}: ${statusLabel(status)}`;
  const overall = score_summary?.overall;
  return overall === undefined ? text : `${text}, ציון כולל ${formatScore(overall)}`;
}

/** Isolates the tag, so that its brackets stay around its name. */
const describeSetup = (tag: string, need: string) =>
  `הדף אינו מוגדר כראוי. יש לפנות למחלקת ה-IT: הרכיב \u2066<${tag}>\u2069 דורש ${need}.`;
export const missingAttributes = (tag: string, names: string[]) => describeSetup(tag, formats.formatList(names));
export const invalidProxyUrl = (tag: string) => describeSetup(tag, 'ערך תקין של proxy-url');
export const unknownTypes = (tag: string, types: string[]) =>
  describeSetup(tag, `סוגי מבדקים מוכרים במקום ${formats.formatList(types)}`);
export const missingProjectId = (tag: string, types: string[]) =>
  describeSetup(tag, `ערך project-id עבור ${formats.formatList(types)}`);
