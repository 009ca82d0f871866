export const scorecardTitle = 'Fiche de résultats';
export const notFound = 'Cette évaluation n’existe pas, ou vous n’y avez pas accès. Contactez le service informatique.';
export const scorecardLabel = (name: string) => `Fiche de résultats : ${name}`;
