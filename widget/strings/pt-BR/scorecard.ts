export const scorecardTitle = 'Ficha de resultados';
export const notFound = 'Esta avaliação não existe ou você não tem acesso a ela. Fale com a TI.';
export const scorecardLabel = (name: string) => `Ficha de resultados: ${name}`;
