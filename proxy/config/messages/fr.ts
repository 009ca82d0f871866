import type { BuiltInMessages } from './messages.ts';

const INVITE_MESSAGE = `Bonjour {name},

Merci de l’intérêt que vous portez à notre entreprise ! Pour la prochaine étape, nous vous invitons à passer l’évaluation {assessment}. Vous pouvez commencer quand vous le souhaitez :

{link}

Ce lien est personnel : merci de ne pas le partager. Si vous avez des questions, répondez simplement à ce message.

Bien cordialement,
{recruiter}
{company}`;

export const fr: BuiltInMessages = {
  inviteSubject: 'Votre évaluation {assessment}',
  inviteSubjectWithCompany: 'Votre évaluation {assessment} chez {company}',
  inviteMessage: INVITE_MESSAGE,
  inviteMessageWithCompany: INVITE_MESSAGE.replace('à notre entreprise', 'à {company}'),
  reminderSubject: 'Rappel : votre évaluation {assessment}',
  reminderMessage: `Bonjour {name},

Petit rappel : votre évaluation {assessment} vous attend toujours. Vous pouvez la passer quand vous le souhaitez :

{link}

Si quelque chose ne fonctionne pas ou si vous avez des questions, répondez simplement à ce message.

Bien cordialement,
{recruiter}
{company}`,
};
