export const resultOverdue =
  'Evalon ha segnalato il completamento 24 ore fa, ma non ha restituito un risultato. Contatta il reparto IT.';
export const sameEndedSession =
  'Evalon ha restituito la stessa valutazione terminata invece di una nuova. Invita la persona in un altro progetto o contatta l’assistenza di Evalon.';
export const endedWithoutResult = 'La valutazione è terminata senza risultato.';

export const endings = {
  expired: {
    cause: 'Il link è scaduto prima del completamento della valutazione.',
    causeAndAction:
      'Il link è scaduto prima del completamento della valutazione. Invita di nuovo per ottenere un nuovo link.',
  },
  cancelled: {
    cause: 'La valutazione è stata annullata.',
    causeAndAction: 'La valutazione è stata annullata. Se la persona deve ancora svolgerla, invitala di nuovo.',
  },
  declined: {
    cause: 'La persona ha rifiutato la valutazione.',
    causeAndAction: 'La persona ha rifiutato la valutazione. Parlale prima di invitarla di nuovo.',
  },
  failed: {
    cause: 'La valutazione non è riuscita presso Evalon. Non è un giudizio sulla persona.',
    causeAndAction:
      'La valutazione non è riuscita presso Evalon. Non è un giudizio sulla persona. Invita di nuovo o contatta il reparto IT.',
  },
};
