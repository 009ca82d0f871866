export const scorecardTitle = 'Fiche de résultats';
export const scorecardLabel = (name: string) => `Fiche de résultats : ${name}`;
