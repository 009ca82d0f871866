export const scorecardTitle = 'Auswertung';
export const scorecardLabel = (name: string) => `Auswertung: ${name}`;
