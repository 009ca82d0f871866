import type { BuiltInMessages } from './messages.ts';

const INVITE_MESSAGE = `Hola, {name}:

Gracias por su interés en trabajar con nosotros. Como siguiente paso, queremos invitarle a realizar la evaluación {assessment}. Puede empezar cuando le venga bien:

{link}

Este enlace es personal; por favor, no lo comparta. Si tiene alguna pregunta, responda a este mensaje.

Un cordial saludo,
{recruiter}
{company}`;

export const es: BuiltInMessages = {
  inviteSubject: 'Su evaluación {assessment}',
  inviteSubjectWithCompany: 'Su evaluación {assessment} en {company}',
  inviteMessage: INVITE_MESSAGE,
  inviteMessageWithCompany: INVITE_MESSAGE.replace('trabajar con nosotros', 'trabajar en {company}'),
  reminderSubject: 'Recordatorio: su evaluación {assessment}',
  reminderMessage: `Hola, {name}:

Le recordamos que su evaluación {assessment} sigue pendiente. Puede realizarla cuando le venga bien:

{link}

Si algo no funciona o tiene alguna pregunta, responda a este mensaje.

Un cordial saludo,
{recruiter}
{company}`,
};
