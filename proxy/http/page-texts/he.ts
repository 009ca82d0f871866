import type { PageTexts } from './page-texts.ts';

export const he: PageTexts = {
  resultTitle: 'תוצאת המבדק',
  needsJavaScript: 'דף זה דורש JavaScript.',
  signInTitle: 'כניסה ל-Evalon',
  signedIn: 'הכניסה בוצעה',
  goBack: 'יש לחזור לדף שבו נלחץ הכפתור "כניסה". אפשר לסגור את החלון הזה.',
  oneMoreStep: 'נותר עוד שלב אחד',
  enterCode: 'יש להזין את הקוד הזה בחלונית המבדקים של {origin}, שבה נלחץ הכפתור "כניסה":',
  codeWarning: 'אין לשתף את הקוד הזה או להזין אותו בדף אחר. אם הכפתור "כניסה" לא נלחץ שם, יש לסגור את החלון הזה.',
  notSignedIn: 'הכניסה לא בוצעה',
  signInFailed: 'הכניסה נכשלה. יש לנסות שוב או לפנות למחלקת ה-IT.',
};
