import type { BuiltInMessages } from './messages.ts';

const INVITE_MESSAGE = `Dzień dobry, {name}!

Dziękujemy za zainteresowanie pracą u nas! W kolejnym kroku zapraszamy do rozwiązania testu {assessment}. Można zacząć w dowolnym momencie:

{link}

Ten link jest osobisty, dlatego prosimy go nie udostępniać. W razie pytań wystarczy odpowiedzieć na tę wiadomość.

Z poważaniem
{recruiter}
{company}`;

export const pl: BuiltInMessages = {
  inviteSubject: 'Zaproszenie na test {assessment}',
  inviteSubjectWithCompany: 'Zaproszenie na test {assessment} – {company}',
  inviteMessage: INVITE_MESSAGE,
  inviteMessageWithCompany: INVITE_MESSAGE.replace('pracą u nas', 'pracą w {company}'),
  reminderSubject: 'Przypomnienie: test {assessment}',
  reminderMessage: `Dzień dobry, {name}!

Przypominamy, że test {assessment} nadal czeka na rozwiązanie. Można go rozwiązać w dowolnym momencie:

{link}

Jeśli coś nie działa lub pojawią się pytania, wystarczy odpowiedzieć na tę wiadomość.

Z poważaniem
{recruiter}
{company}`,
};
