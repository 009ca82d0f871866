export const scorecardTitle = 'Scoreoverzicht';
export const scorecardLabel = (name: string) => `Scoreoverzicht: ${name}`;
