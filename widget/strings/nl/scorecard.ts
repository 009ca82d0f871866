export const scorecardTitle = 'Scoreoverzicht';
export const notFound = 'Dit assessment bestaat niet of u hebt er geen toegang toe. Neem contact op met IT.';
export const scorecardLabel = (name: string) => `Scoreoverzicht: ${name}`;
