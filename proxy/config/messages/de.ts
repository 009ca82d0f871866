import type { BuiltInMessages } from './messages.ts';

const INVITE_MESSAGE = `Guten Tag {name},

vielen Dank für Ihr Interesse an einer Mitarbeit bei uns! Als nächsten Schritt laden wir Sie zum Eignungstest {assessment} ein. Sie können jederzeit beginnen:

{link}

Dieser Link ist nur für Sie bestimmt. Bitte geben Sie ihn nicht weiter. Wenn Sie Fragen haben, antworten Sie einfach auf diese Nachricht.

Freundliche Grüße
{recruiter}
{company}`;

export const de: BuiltInMessages = {
  inviteSubject: 'Ihr Eignungstest {assessment}',
  inviteSubjectWithCompany: 'Ihr Eignungstest {assessment} bei {company}',
  inviteMessage: INVITE_MESSAGE,
  inviteMessageWithCompany: INVITE_MESSAGE.replace('einer Mitarbeit bei uns', 'einer Mitarbeit bei {company}'),
  reminderSubject: 'Erinnerung: Ihr Eignungstest {assessment}',
  reminderMessage: `Guten Tag {name},

wir möchten Sie freundlich an Ihren Eignungstest {assessment} erinnern. Sie können ihn jederzeit absolvieren:

{link}

Wenn etwas nicht funktioniert oder Sie Fragen haben, antworten Sie einfach auf diese Nachricht.

Freundliche Grüße
{recruiter}
{company}`,
};
