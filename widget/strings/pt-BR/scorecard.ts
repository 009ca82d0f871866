export const scorecardTitle = 'Ficha de resultados';
export const scorecardLabel = (name: string) => `Ficha de resultados: ${name}`;
