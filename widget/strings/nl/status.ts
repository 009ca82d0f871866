export const noAccess = 'Geen toegang';
export const statusUnavailable = 'Status niet beschikbaar';
export const signedOut = 'Niet aangemeld';
