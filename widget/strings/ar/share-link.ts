import { html, type TemplateResult } from 'lit';
import { formats } from './formats.ts';

export const copyMessage = 'نسخ الرسالة';
export const copyLink = 'نسخ الرابط';
export const openInMail = 'فتح في البريد';
export const copyReminder = 'نسخ التذكير';
export const handoverNotSaved = 'تعذر حفظ هذا الإجراء ليراه زملاؤك. يُرجى نسخ الرابط مرة أخرى.';

export const hiringTeam = 'فريق التوظيف';
export const hiringTeamInSentence = 'فريق التوظيف';
export const ourCompany = 'شركتنا';
export const ourCompanyInSentence = 'شركتنا';

export const readNotice = (url: string) => `يُرجى قراءة هذا الإشعار:\n${url}`;

export function sentByEvalon(email: string): TemplateResult {
  return html`أرسل Evalon الرابط إلى <bdi class="inline">${email}</bdi>.`;
}

export function sendLinkYourself(name: TemplateResult): TemplateResult {
  return html`لم يُرسَل بريد إلكتروني إلى ${name}. يُرجى إرسال الرابط بنفسك:`;
}

const formatDays = (days: number) =>
  formats.plural(days, {
    one: 'يوم واحد',
    two: 'يومين',
    few: '# أيام',
    many: '# يومًا',
    other: '# يوم',
  });

export function sendReminder(days: number, name: TemplateResult): TemplateResult {
  return html`لا نشاط منذ ${formatDays(days)}. يُرجى إرسال تذكير إلى ${name}:`;
}

export function sendOverdueLink(days: number, name: TemplateResult): TemplateResult {
  return html`تمت الدعوة قبل ${formatDays(days)}، ولكن لم يُنسخ الرابط. يُرجى إرساله إلى ${name}:`;
}

export const handedOverBy = {
  invite: (recruiter: TemplateResult, date: TemplateResult) => html`نُسخ الرابط بواسطة ${recruiter}، ${date}`,
  'invite mail': (recruiter: TemplateResult, date: TemplateResult) =>
    html`فُتحت مسودة البريد بواسطة ${recruiter}، ${date}`,
  reminder: (recruiter: TemplateResult, date: TemplateResult) => html`نُسخ التذكير بواسطة ${recruiter}، ${date}`,
  'reminder mail': (recruiter: TemplateResult, date: TemplateResult) =>
    html`فُتحت مسودة التذكير بواسطة ${recruiter}، ${date}`,
};

export const handedOverByUnknown = {
  invite: (date: TemplateResult) => html`نُسخ الرابط في ${date}`,
  reminder: (date: TemplateResult) => html`نُسخ التذكير في ${date}`,
};

export const copyMessageLabel = (name: string) => `نسخ الرسالة: ${name}`;
export const copyLinkLabel = (name: string) => `نسخ الرابط: ${name}`;
export const openInMailLabel = (name: string) => `فتح في البريد: ${name}`;
export const copyReminderLabel = (name: string) => `نسخ التذكير: ${name}`;
export const openReminderInMailLabel = (name: string) => `فتح في البريد: تذكير إلى ${name}`;
