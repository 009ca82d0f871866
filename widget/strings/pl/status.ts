export const noAccess = 'Brak dostępu';
export const statusUnavailable = 'Status niedostępny';
export const signedOut = 'Nie zalogowano';
