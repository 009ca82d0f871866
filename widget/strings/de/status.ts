export const noAccess = 'Kein Zugriff';
export const statusUnavailable = 'Status nicht verfügbar';
export const signedOut = 'Nicht angemeldet';
