import type { BuiltInMessages } from './messages.ts';

const INVITE_MESSAGE = `Beste {name},

Bedankt voor uw interesse om bij ons te werken! Als volgende stap nodigen we u uit voor het assessment {assessment}. U kunt beginnen wanneer het u uitkomt:

{link}

Deze link is persoonlijk. Deel die dus niet. Als u vragen hebt, kunt u op dit bericht antwoorden.

Met vriendelijke groet,
{recruiter}
{company}`;

export const nl: BuiltInMessages = {
  inviteSubject: 'Uw assessment {assessment}',
  inviteSubjectWithCompany: 'Uw assessment {assessment} bij {company}',
  inviteMessage: INVITE_MESSAGE,
  inviteMessageWithCompany: INVITE_MESSAGE.replace('om bij ons te werken', 'om bij {company} te werken'),
  reminderSubject: 'Herinnering: uw assessment {assessment}',
  reminderMessage: `Beste {name},

We herinneren u er graag aan dat uw assessment {assessment} nog op u wacht. U kunt het doen wanneer het u uitkomt:

{link}

Als iets niet werkt of als u vragen hebt, kunt u op dit bericht antwoorden.

Met vriendelijke groet,
{recruiter}
{company}`,
};
