export const scorecardTitle = 'דוח ציונים';
export const scorecardLabel = (name: string) => `דוח ציונים: ${name}`;
