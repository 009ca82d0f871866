export const resultOverdue =
  'לפני 24 שעות התקבל מ-Evalon דיווח על השלמה, אבל עדיין לא התקבלה תוצאה. יש לפנות למחלקת ה-IT.';
export const sameEndedSession =
  'מ-Evalon התקבל אותו מבדק שהסתיים, במקום מבדק חדש. יש להזמין את המועמד/ת בפרויקט אחר או לפנות לתמיכה של Evalon.';
export const endedWithoutResult = 'המבדק הסתיים ללא תוצאה.';

export const endings = {
  expired: {
    cause: 'תוקף הקישור פג לפני השלמת המבדק.',
    causeAndAction: 'תוקף הקישור פג לפני השלמת המבדק. הזמנה חוזרת תיצור קישור חדש.',
  },
  cancelled: {
    cause: 'המבדק בוטל.',
    causeAndAction: 'המבדק בוטל. אם המבדק עדיין נדרש, יש ליצור הזמנה חוזרת.',
  },
  declined: {
    cause: 'המועמד/ת ויתר/ה על המבדק.',
    causeAndAction: 'המועמד/ת ויתר/ה על המבדק. יש לשוחח על כך לפני הזמנה חוזרת.',
  },
  failed: {
    cause: 'המבדק נכשל ב-Evalon. אין בכך כדי להעיד על המועמד/ת.',
    causeAndAction: 'המבדק נכשל ב-Evalon. אין בכך כדי להעיד על המועמד/ת. יש ליצור הזמנה חוזרת או לפנות למחלקת ה-IT.',
  },
};
