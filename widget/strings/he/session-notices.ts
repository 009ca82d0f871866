import { html, type TemplateResult } from 'lit';
import type { AtsWriteTexts } from '../en/session-notices.ts';

export function oneAssessmentPerProject({ name, held }: { name: string; held: string }): TemplateResult {
  return html`מבדק אחד בלבד לכל פרויקט. עבור <bdi>${name}</bdi> כבר קיים <bdi class="inline">${held}</bdi>.`;
}

export const linkProblem = 'לא התקבל קישור תקין מ-Evalon. יש לפנות למחלקת ה-IT.';
export const linkProblemInviteAgain =
  'לא התקבל קישור תקין מ-Evalon. יש ליצור הזמנה חוזרת. אם גם היא תיכשל, יש לפנות למחלקת ה-IT.';

export const statusWriteTexts: AtsWriteTexts = {
  saved: (ats, time) => html`הסטטוס נשמר ב-${ats}, <bdi>${time}</bdi>`,
  saving: (ats) => html`שמירת הסטטוס ב-${ats} מתבצעת…`,
  delayed: {
    rate_limited: (ats) => html`המערכת ${ats} עמוסה. יתבצע ניסיון נוסף לשמור את הסטטוס באופן אוטומטי.`,
    credentials: (ats) => html`הגישה ל-${ats} נדחתה. יש לפנות למחלקת ה-IT.`,
    other: (ats) => html`המערכת ${ats} אינה מגיבה. יתבצע ניסיון נוסף לשמור את הסטטוס באופן אוטומטי.`,
  },
  failed: {
    email_differs: (ats, name) =>
      html`הסטטוס לא נשמר: ב-${ats} רשומה כתובת דוא"ל אחרת עבור ${name}. יש לוודא שמדובר באותו אדם, ואז לפנות למחלקת ה-IT.`,
    application_missing: (ats) =>
      html`הסטטוס לא נשמר ב-${ats}: המועמדות כבר אינה קיימת שם. אם זו טעות, יש לפנות למחלקת ה-IT.`,
    credentials: (ats) => html`הסטטוס לא נשמר: הגישה ל-${ats} נדחתה. יש לפנות למחלקת ה-IT.`,
    refused: (ats) => html`הסטטוס לא נשמר: המערכת ${ats} דחתה אותו. יש לפנות למחלקת ה-IT.`,
    unavailable: (ats) => html`הסטטוס לא נשמר: המערכת ${ats} לא הגיבה במשך כמה שעות. יש לפנות למחלקת ה-IT.`,
    rate_limited: (ats) => html`הסטטוס לא נשמר: המערכת ${ats} עמוסה כבר כמה ימים. יש לפנות למחלקת ה-IT.`,
    not_configured: (ats) => html`הסטטוס לא נשמר ב-${ats}: מחלקת ה-IT כיבתה את האפשרות הזו.`,
    other: (ats) => html`הסטטוס לא נשמר ב-${ats}. יש לפנות למחלקת ה-IT.`,
  },
};

export const linkWriteTexts: AtsWriteTexts = {
  saved: (ats, time) => html`הקישור נשמר ב-${ats}, <bdi>${time}</bdi>. המערכת ${ats} שולחת אותו למועמד/ת בדוא"ל.`,
  saving: (ats) => html`שמירת הקישור ב-${ats} מתבצעת…`,
  delayed: {
    rate_limited: (ats) => html`המערכת ${ats} עמוסה ועדיין לא קיבלה את הקישור. ניסיון נוסף יתבצע אוטומטית.`,
    credentials: (ats) => html`הגישה ל-${ats} נדחתה, ולכן הקישור עדיין לא נשמר. יש לפנות למחלקת ה-IT.`,
    other: (ats) => html`המערכת ${ats} אינה מגיבה ועדיין לא קיבלה את הקישור. ניסיון נוסף יתבצע אוטומטית.`,
  },
  failed: {
    email_differs: (ats, name) =>
      html`הקישור לא נשמר ב-${ats}: רשומה שם כתובת דוא"ל אחרת עבור ${name}. יש לוודא שמדובר באותו אדם.`,
    application_missing: (ats) =>
      html`הקישור לא נשמר ב-${ats}: המועמדות כבר אינה קיימת שם. אם זו טעות, יש לפנות למחלקת ה-IT.`,
    credentials: (ats) => html`הקישור לא נשמר ב-${ats}: הגישה נדחתה. יש לפנות למחלקת ה-IT.`,
    refused: (ats) => html`המערכת ${ats} דחתה את הקישור. יש לפנות למחלקת ה-IT.`,
    unavailable: (ats) => html`הקישור לא נשמר ב-${ats}: המערכת לא הגיבה במשך כמה שעות. יש לפנות למחלקת ה-IT.`,
    rate_limited: (ats) => html`הקישור לא נשמר ב-${ats}: המערכת עמוסה כבר כמה ימים. יש לפנות למחלקת ה-IT.`,
    not_configured: (ats) => html`הקישור לא נשמר ב-${ats}: מחלקת ה-IT כיבתה את האפשרות הזו.`,
    other: (ats) => html`הקישור לא נשמר ב-${ats}. יש לפנות למחלקת ה-IT.`,
  },
};
