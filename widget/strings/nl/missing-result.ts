export const resultOverdue =
  'Evalon heeft 24 uur geleden gemeld dat het assessment is afgerond, maar heeft geen resultaat teruggegeven. Neem contact op met IT.';
export const sameEndedSession =
  'Evalon heeft hetzelfde geëindigde assessment teruggegeven in plaats van een nieuw. Nodig de kandidaat uit in een ander project of neem contact op met de support van Evalon.';
export const endedWithoutResult = 'Het assessment is zonder resultaat geëindigd.';

export const endings = {
  expired: {
    cause: 'De link is verlopen voordat het assessment was afgerond.',
    causeAndAction: 'De link is verlopen voordat het assessment was afgerond. Nodig opnieuw uit voor een nieuwe link.',
  },
  cancelled: {
    cause: 'Het assessment is geannuleerd.',
    causeAndAction: 'Het assessment is geannuleerd. Nodig opnieuw uit als de kandidaat het nog moet doen.',
  },
  declined: {
    cause: 'De kandidaat heeft het assessment geweigerd.',
    causeAndAction:
      'De kandidaat heeft het assessment geweigerd. Neem contact op met de kandidaat voordat u opnieuw uitnodigt.',
  },
  failed: {
    cause: 'Het assessment is bij Evalon mislukt. Dit is geen oordeel over de kandidaat.',
    causeAndAction:
      'Het assessment is bij Evalon mislukt. Dit is geen oordeel over de kandidaat. Nodig opnieuw uit of neem contact op met IT.',
  },
};
