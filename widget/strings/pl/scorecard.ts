export const scorecardTitle = 'Karta wyników';
export const scorecardLabel = (name: string) => `Karta wyników: ${name}`;
