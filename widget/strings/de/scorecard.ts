export const scorecardTitle = 'Auswertung';
export const notFound =
  'Dieser Eignungstest existiert nicht, oder Sie haben keinen Zugriff darauf. Wenden Sie sich an die IT.';
export const scorecardLabel = (name: string) => `Auswertung: ${name}`;
