import type { CandidateTexts } from './candidate-texts.ts';

export const he: CandidateTexts = {
  heading: (label) => `מבדק: ${label}`,
  forCandidate: (name) => `מבדק עבור ${name}`,
  lead: (questions, sections) =>
    `שאלות קצרות: ${questions}. חלקים: ${sections}. משך: כארבע דקות. אין שאלות מכשילות. יש לענות כמו ביום עבודה רגיל.`,
  questionCount: (count) => `שאלות: ${count}`,
  start: 'התחלת המבדק',
  decline: 'ויתור',
  progress: (index, count) => `חלק ${index} מתוך ${count}`,
  incompletePageTitle: (pageTitle) => `לא הושלם: ${pageTitle}`,
  next: 'המשך',
  submit: 'שליחת התשובות',
  answerAll: 'כדי להמשיך יש לענות על כל השאלות.',
  notAnswered: 'עדיין בלי תשובה:',
  thanks: (name) => `תודה, ${name}`,
  thanksText: 'התשובות נשלחו. החברה המזמינה תראה את התוצאה בעוד רגע.',
  expired: 'תוקף הקישור פג',
  expiredText: 'אי אפשר עוד לבצע את המבדק הזה. יש לבקש קישור חדש מהחברה המזמינה.',
  declined: 'בחרת לוותר על המבדק',
  declinedText: 'לא נרשם דבר. אם זו טעות, יש לפנות לחברה המזמינה.',
  completed: 'המבדק כבר הושלם',
  completedText: 'התשובות נשלחו. אפשר לסגור את הדף הזה.',
  unknown: 'קישור לא מוכר',
  unknownText: 'יש לוודא שכל הקישור הועתק.',
  simulated: 'הדמיה',
  footer: 'זוהי הדגמה. שום נתון אינו יוצא מהמחשב הזה.',
};
