export const scorecardTitle = 'Scheda dei risultati';
export const notFound = 'Questa valutazione non esiste o non hai accesso. Contatta il reparto IT.';
export const scorecardLabel = (name: string) => `Scheda dei risultati: ${name}`;
