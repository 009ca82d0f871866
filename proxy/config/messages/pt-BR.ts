import type { BuiltInMessages } from './messages.ts';

const INVITE_MESSAGE = `Olá, {name}!

Agradecemos seu interesse em trabalhar conosco! Como próximo passo, queremos convidar você para a avaliação {assessment}. Comece quando for melhor para você:

{link}

Este link é pessoal, por isso não o compartilhe. Se tiver dúvidas, basta responder a esta mensagem.

Atenciosamente,
{recruiter}
{company}`;

export const ptBr: BuiltInMessages = {
  inviteSubject: 'Sua avaliação {assessment}',
  inviteSubjectWithCompany: 'Sua avaliação {assessment} na {company}',
  inviteMessage: INVITE_MESSAGE,
  inviteMessageWithCompany: INVITE_MESSAGE.replace('trabalhar conosco', 'trabalhar na {company}'),
  reminderSubject: 'Lembrete: sua avaliação {assessment}',
  reminderMessage: `Olá, {name}!

Lembramos que sua avaliação {assessment} ainda está esperando por você. Você pode fazê-la quando for melhor:

{link}

Se algo não funcionar ou se tiver dúvidas, basta responder a esta mensagem.

Atenciosamente,
{recruiter}
{company}`,
};
