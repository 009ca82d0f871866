export const resultOverdue =
  'Evalon comunicó hace 24 horas que la evaluación había terminado, pero no ha devuelto un resultado. Contacte con TI.';
export const sameEndedSession =
  'Evalon ha devuelto la misma evaluación finalizada en lugar de una nueva. Invite a la persona en otro proyecto o contacte con el soporte de Evalon.';
export const endedWithoutResult = 'La evaluación terminó sin resultado.';

export const endings = {
  expired: {
    cause: 'El enlace caducó antes de completar la evaluación.',
    causeAndAction: 'El enlace caducó antes de completar la evaluación. Invite de nuevo para obtener otro enlace.',
  },
  cancelled: {
    cause: 'La evaluación se canceló.',
    causeAndAction: 'La evaluación se canceló. Si la persona aún debe realizarla, invítela de nuevo.',
  },
  declined: {
    cause: 'La persona rechazó la evaluación.',
    causeAndAction: 'La persona rechazó la evaluación. Hable con ella antes de invitarla de nuevo.',
  },
  failed: {
    cause: 'La evaluación falló en Evalon. No es un juicio sobre la persona.',
    causeAndAction:
      'La evaluación falló en Evalon. No es un juicio sobre la persona. Invite de nuevo o contacte con TI.',
  },
};
