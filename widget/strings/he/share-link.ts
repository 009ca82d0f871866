import { html, type TemplateResult } from 'lit';
import { formats } from './formats.ts';

export const copyMessage = 'העתקת ההודעה';
export const copyLink = 'העתקת הקישור';
export const openInMail = 'פתיחה בדוא"ל';
export const copyReminder = 'העתקת התזכורת';
export const handoverNotSaved = 'לא ניתן היה לשמור זאת עבור הצוות. יש להעתיק את הקישור שוב.';

export const hiringTeam = 'צוות הגיוס';
export const hiringTeamInSentence = 'צוות הגיוס';
export const ourCompany = 'החברה שלנו';
export const ourCompanyInSentence = 'החברה שלנו';

export const readNotice = (url: string) => `נא לקרוא את ההודעה הזו:\n${url}`;

export function sentByEvalon(email: string): TemplateResult {
  return html`הקישור נשלח על ידי Evalon אל <bdi class="inline">${email}</bdi>.`;
}

export function sendLinkYourself(name: TemplateResult): TemplateResult {
  return html`לא נשלח דוא"ל אל ${name}. יש לשלוח את הקישור בעצמך:`;
}

const formatDays = (days: number) =>
  formats.plural(days, { one: 'ביום האחרון', two: 'ביומיים האחרונים', other: 'ב-# הימים האחרונים' });

export function sendReminder(days: number, name: TemplateResult): TemplateResult {
  return html`לא הייתה פעילות ${formatDays(days)}. יש לשלוח תזכורת אל ${name}:`;
}

export function sendOverdueLink(days: number, name: TemplateResult): TemplateResult {
  return html`ההזמנה נוצרה לפני ${days} ימים, אבל הקישור לא הועתק. יש לשלוח אותו אל ${name}:`;
}

export const handedOverBy = {
  invite: (recruiter: TemplateResult, date: TemplateResult) => html`הקישור הועתק על ידי ${recruiter}, ${date}`,
  'invite mail': (recruiter: TemplateResult, date: TemplateResult) =>
    html`טיוטת הדוא"ל נפתחה על ידי ${recruiter}, ${date}`,
  reminder: (recruiter: TemplateResult, date: TemplateResult) => html`התזכורת הועתקה על ידי ${recruiter}, ${date}`,
  'reminder mail': (recruiter: TemplateResult, date: TemplateResult) =>
    html`טיוטת התזכורת נפתחה על ידי ${recruiter}, ${date}`,
};

export const handedOverByUnknown = {
  invite: (date: TemplateResult) => html`הקישור הועתק בתאריך ${date}`,
  reminder: (date: TemplateResult) => html`התזכורת הועתקה בתאריך ${date}`,
};

export const copyMessageLabel = (name: string) => `העתקת ההודעה: ${name}`;
export const copyLinkLabel = (name: string) => `העתקת הקישור: ${name}`;
export const openInMailLabel = (name: string) => `פתיחה בדוא"ל: ${name}`;
export const copyReminderLabel = (name: string) => `העתקת התזכורת: ${name}`;
export const openReminderInMailLabel = (name: string) => `פתיחה בדוא"ל: תזכורת אל ${name}`;
