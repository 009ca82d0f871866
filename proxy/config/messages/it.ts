import type { BuiltInMessages } from './messages.ts';

const INVITE_MESSAGE = `Gentile {name},

grazie per il Suo interesse a lavorare con noi! Come prossimo passo, La invitiamo alla valutazione {assessment}. Può iniziare quando preferisce:

{link}

Questo link è personale, quindi La preghiamo di non condividerlo. Se ha domande, risponda a questo messaggio.

Cordiali saluti,
{recruiter}
{company}`;

export const it: BuiltInMessages = {
  inviteSubject: 'La Sua valutazione {assessment}',
  inviteSubjectWithCompany: 'La Sua valutazione {assessment} presso {company}',
  inviteMessage: INVITE_MESSAGE,
  inviteMessageWithCompany: INVITE_MESSAGE.replace('a lavorare con noi', 'a lavorare presso {company}'),
  reminderSubject: 'Promemoria: la Sua valutazione {assessment}',
  reminderMessage: `Gentile {name},

Le ricordiamo che la Sua valutazione {assessment} è ancora da svolgere. Può svolgerla quando preferisce:

{link}

Se qualcosa non funziona o se ha domande, risponda a questo messaggio.

Cordiali saluti,
{recruiter}
{company}`,
};
