export const resultOverdue =
  'Evalon a signalé la fin de l’évaluation il y a 24 heures, mais n’a pas renvoyé de résultat. Contactez le service informatique.';
export const sameEndedSession =
  'Evalon a renvoyé la même évaluation clôturée au lieu d’une nouvelle. Invitez cette personne dans un autre projet ou contactez l’assistance d’Evalon.';
export const endedWithoutResult = 'L’évaluation a été clôturée sans résultat.';

export const endings = {
  expired: {
    cause: 'Le lien a expiré avant la fin de l’évaluation.',
    causeAndAction: 'Le lien a expiré avant la fin de l’évaluation. Invitez à nouveau pour obtenir un nouveau lien.',
  },
  cancelled: {
    cause: 'L’évaluation a été annulée.',
    causeAndAction: 'L’évaluation a été annulée. Si la personne doit encore la passer, invitez-la à nouveau.',
  },
  declined: {
    cause: 'La personne a refusé l’évaluation.',
    causeAndAction: 'La personne a refusé l’évaluation. Parlez-lui avant de l’inviter à nouveau.',
  },
  failed: {
    cause: 'L’évaluation a échoué chez Evalon. Ce n’est pas un jugement sur la personne.',
    causeAndAction:
      'L’évaluation a échoué chez Evalon. Ce n’est pas un jugement sur la personne. Invitez à nouveau ou contactez le service informatique.',
  },
};
