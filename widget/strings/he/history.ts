import { html, type TemplateResult } from 'lit';

export const noHistory = 'עדיין לא נרשמו אירועים.';
export const historyFailed = 'לא ניתן היה לטעון את ההיסטוריה.';
export const resultUpdated = 'התוצאה עודכנה';
export const completedWithScore = (score: string) => `הושלם, ציון כולל ${score}`;
export const updatedWithScore = (score: string) => `התוצאה עודכנה, ציון כולל ${score}`;

export const events = {
  invited: 'ההזמנה נוצרה',
  opened: 'הקישור נפתח',
  started: 'המבדק התחיל',
  submitted: 'התשובות הוגשו',
  'handover message': 'ההודעה הועתקה',
  'handover link': 'הקישור הועתק',
  'handover mail': 'טיוטת הדוא"ל נפתחה',
  'reminder message': 'התזכורת הועתקה',
  'reminder link': 'הקישור הועתק לתזכורת',
  'reminder mail': 'טיוטת התזכורת נפתחה',
  result_read: 'התוצאה נצפתה',
};

export const eventsBy = {
  invited: (recruiter: TemplateResult) => html`ההזמנה נוצרה על ידי ${recruiter}`,
  'handover message': (recruiter: TemplateResult) => html`ההודעה הועתקה על ידי ${recruiter}`,
  'handover link': (recruiter: TemplateResult) => html`הקישור הועתק על ידי ${recruiter}`,
  'handover mail': (recruiter: TemplateResult) => html`טיוטת הדוא"ל נפתחה על ידי ${recruiter}`,
  'reminder message': (recruiter: TemplateResult) => html`התזכורת הועתקה על ידי ${recruiter}`,
  'reminder link': (recruiter: TemplateResult) => html`הקישור הועתק לתזכורת על ידי ${recruiter}`,
  'reminder mail': (recruiter: TemplateResult) => html`טיוטת התזכורת נפתחה על ידי ${recruiter}`,
  result_read: (recruiter: TemplateResult) => html`התוצאה נצפתה על ידי ${recruiter}`,
};
