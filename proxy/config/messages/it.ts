import type { BuiltInMessages } from './messages.ts';

const INVITE_MESSAGE = `Ciao {name},

grazie per il tuo interesse a lavorare con noi! Come prossimo passo, ti invitiamo alla valutazione {assessment}. Puoi iniziare quando preferisci:

{link}

Questo link è personale, quindi non condividerlo. Se hai domande, rispondi a questo messaggio.

Cordiali saluti,
{recruiter}
{company}`;

export const it: BuiltInMessages = {
  inviteSubject: 'La tua valutazione {assessment}',
  inviteSubjectWithCompany: 'La tua valutazione {assessment} presso {company}',
  inviteMessage: INVITE_MESSAGE,
  inviteMessageWithCompany: INVITE_MESSAGE.replace('a lavorare con noi', 'a lavorare presso {company}'),
  reminderSubject: 'Promemoria: la tua valutazione {assessment}',
  reminderMessage: `Ciao {name},

ti ricordiamo che la tua valutazione {assessment} ti sta ancora aspettando. Puoi svolgerla quando preferisci:

{link}

Se qualcosa non funziona o hai domande, rispondi a questo messaggio.

Cordiali saluti,
{recruiter}
{company}`,
};
