export const signInNeeded = 'Inicie sesión para ver las evaluaciones.';
export const needsHttps = 'El inicio de sesión requiere HTTPS. Contacte con TI.';
export const signIn = 'Iniciar sesión';
export const signInAgain = 'Iniciar sesión de nuevo';
export const signOut = 'Cerrar sesión';
export const continueInWindow = 'Continúe en la ventana de inicio de sesión.';
export const popupBlocked = 'Su navegador ha bloqueado la ventana de inicio de sesión. Ábrala aquí:';
export const openWindow = 'Abrir la ventana de inicio de sesión';
export const codePrompt =
  'Si la ventana de inicio de sesión muestra un código, introdúzcalo aquí. Si ha cerrado la ventana, inicie sesión de nuevo.';
export const codeLabel = 'Código de la ventana de inicio de sesión';
export const useCode = 'Usar código';
export const codeInvalid = 'El código es incorrecto o ha caducado.';
export const signInFailed = 'No se ha podido iniciar sesión. Inténtelo de nuevo.';
/** Leaves out the reason, which the proxy gives in English. */
export const describeSignInFailure = () => signInFailed;
export const signedInAs = (name: string | undefined) => (name ? `Sesión iniciada como ${name}` : 'Sesión iniciada');
