export const scorecardTitle = 'Ficha de resultados';
export const notFound = 'Esta evaluación no existe o no tiene acceso a ella. Contacte con TI.';
export const scorecardLabel = (name: string) => `Ficha de resultados: ${name}`;
