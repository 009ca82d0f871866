import type { CandidateTexts } from './candidate-texts.ts';

export const es: CandidateTexts = {
  heading: (label) => `Evaluación: ${label}`,
  forCandidate: (name) => `Evaluación para ${name}`,
  lead: (questions, sections) =>
    `Preguntas breves: ${questions}. Secciones: ${sections}. Duración: unos cuatro minutos. No hay preguntas con trampa. Responda como lo haría en un día de trabajo normal.`,
  questionCount: (count) => `Preguntas: ${count}`,
  start: 'Empezar la evaluación',
  decline: 'Rechazar',
  progress: (index, count) => `sección ${index} de ${count}`,
  incompletePageTitle: (pageTitle) => `Incompleto: ${pageTitle}`,
  next: 'Continuar',
  submit: 'Enviar respuestas',
  answerAll: 'Responda a todas las preguntas para continuar.',
  notAnswered: 'Aún sin responder:',
  thanks: (name) => `Gracias, ${name}`,
  thanksText: 'Sus respuestas se han enviado. La empresa que envió la invitación verá el resultado en un momento.',
  expired: 'Este enlace ha caducado',
  expiredText: 'Ya no puede hacer esta evaluación. Pida un enlace nuevo a la empresa que envió la invitación.',
  declined: 'Ha rechazado esta evaluación',
  declinedText: 'No se ha registrado nada. Si fue un error, contacte con la empresa que envió la invitación.',
  completed: 'Ya ha completado esta evaluación',
  completedText: 'Sus respuestas se han enviado. Puede cerrar esta página.',
  unknown: 'Enlace desconocido',
  unknownText: 'Compruebe que ha copiado el enlace completo.',
  simulated: 'simulado',
  footer: 'Esto es una demostración. Ningún dato sale de este equipo.',
};
