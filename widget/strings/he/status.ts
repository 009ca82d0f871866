export const noAccess = 'אין גישה';
export const statusUnavailable = 'הסטטוס אינו זמין';
export const signedOut = 'לא בוצעה כניסה';
