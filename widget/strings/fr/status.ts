export const noAccess = 'Aucun accès';
export const statusUnavailable = 'Statut indisponible';
export const signedOut = 'Non connecté';
