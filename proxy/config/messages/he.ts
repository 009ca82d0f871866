import type { BuiltInMessages } from './messages.ts';

/**
 * Each sentence begins with a Hebrew word, and the link has its own line, because mail programs take the direction of a
 * line from its first letter.
 */
const INVITE_MESSAGE = `שלום {name},

תודה על ההתעניינות בעבודה אצלנו! בשלב הבא נשמח להזמין אותך למבדק {assessment}. אפשר להתחיל בכל זמן שנוח לך:

{link}

הקישור אישי, ולכן אין לשתף אותו. בכל שאלה אפשר להשיב להודעה הזו.

בברכה,
{recruiter}
{company}`;

export const he: BuiltInMessages = {
  inviteSubject: 'הזמנה למבדק {assessment}',
  inviteSubjectWithCompany: 'הזמנה למבדק {assessment} מטעם {company}',
  inviteMessage: INVITE_MESSAGE,
  inviteMessageWithCompany: INVITE_MESSAGE.replace('בעבודה אצלנו', 'בעבודה ב-{company}'),
  reminderSubject: 'תזכורת: מבדק {assessment}',
  reminderMessage: `שלום {name},

ברצוננו להזכיר שהמבדק {assessment} עדיין ממתין לך. אפשר לבצע אותו בכל זמן שנוח לך:

{link}

אם משהו לא עובד, ובכל שאלה אחרת, אפשר להשיב להודעה הזו.

בברכה,
{recruiter}
{company}`,
};
