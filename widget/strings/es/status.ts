export const noAccess = 'Sin acceso';
export const statusUnavailable = 'Estado no disponible';
export const signedOut = 'Sesión no iniciada';
