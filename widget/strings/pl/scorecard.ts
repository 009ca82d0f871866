export const scorecardTitle = 'Karta wyników';
export const notFound = 'Ten test nie istnieje lub nie masz do niego dostępu. Skontaktuj się z działem IT.';
export const scorecardLabel = (name: string) => `Karta wyników: ${name}`;
