import type { BuiltInMessages } from './messages.ts';

const INVITE_MESSAGE = `Dzień dobry, {name}!

Dziękujemy za zainteresowanie pracą u nas! W kolejnym kroku zapraszamy do wykonania oceny {assessment}. Można zacząć w dowolnym momencie:

{link}

Ten link jest osobisty, dlatego prosimy go nie udostępniać. W razie pytań wystarczy odpowiedzieć na tę wiadomość.

Z poważaniem,
{recruiter}
{company}`;

export const pl: BuiltInMessages = {
  inviteSubject: 'Zaproszenie do oceny {assessment}',
  inviteSubjectWithCompany: 'Zaproszenie do oceny {assessment} – {company}',
  inviteMessage: INVITE_MESSAGE,
  inviteMessageWithCompany: INVITE_MESSAGE.replace('pracą u nas', 'pracą w {company}'),
  reminderSubject: 'Przypomnienie: ocena {assessment}',
  reminderMessage: `Dzień dobry, {name}!

Przypominamy, że ocena {assessment} nadal czeka na wykonanie. Można ją wykonać w dowolnym momencie:

{link}

Jeśli coś nie działa lub są pytania, wystarczy odpowiedzieć na tę wiadomość.

Z poważaniem,
{recruiter}
{company}`,
};
