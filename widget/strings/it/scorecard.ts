export const scorecardTitle = 'Scheda dei risultati';
export const scorecardLabel = (name: string) => `Scheda dei risultati: ${name}`;
