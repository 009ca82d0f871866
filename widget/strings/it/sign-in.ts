export const signInNeeded = 'Accedi per vedere le valutazioni.';
export const needsHttps = 'L’accesso richiede HTTPS. Contatta il reparto IT.';
export const signIn = 'Accedi';
export const signInAgain = 'Accedi di nuovo';
export const signOut = 'Esci';
export const continueInWindow = 'Continua nella finestra di accesso.';
export const popupBlocked = 'Il browser ha bloccato la finestra di accesso. Aprila qui:';
export const openWindow = 'Apri la finestra di accesso';
export const codePrompt =
  'Se la finestra di accesso mostra un codice, inseriscilo qui. Se hai chiuso la finestra, accedi di nuovo.';
export const codeLabel = 'Codice della finestra di accesso';
export const useCode = 'Usa codice';
export const codeInvalid = 'Il codice è errato o è scaduto.';
export const signInFailed = 'Accesso non riuscito. Riprova.';
/** Leaves out the reason, which the proxy gives in English. */
export const describeSignInFailure = () => signInFailed;
export const signedInAs = (name: string | undefined) =>
  name ? `Accesso effettuato come ${name}` : 'Accesso effettuato';
