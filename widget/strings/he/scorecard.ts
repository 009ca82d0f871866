export const scorecardTitle = 'דוח ציונים';
export const notFound = 'המבדק הזה אינו קיים או שאין לך הרשאת גישה אליו. יש לפנות למחלקת ה-IT.';
export const scorecardLabel = (name: string) => `דוח ציונים: ${name}`;
