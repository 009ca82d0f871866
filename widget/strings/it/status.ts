export const noAccess = 'Nessun accesso';
export const statusUnavailable = 'Stato non disponibile';
export const signedOut = 'Accesso non effettuato';
