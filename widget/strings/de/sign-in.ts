export const signInNeeded = 'Melden Sie sich an, um die Eignungstests zu sehen.';
export const needsHttps = 'Die Anmeldung erfordert HTTPS. Wenden Sie sich an die IT.';
export const signIn = 'Anmelden';
export const signInAgain = 'Erneut anmelden';
export const signOut = 'Abmelden';
export const continueInWindow = 'Fahren Sie im Anmeldefenster fort.';
export const popupBlocked = 'Ihr Browser hat das Anmeldefenster blockiert. Öffnen Sie es hier:';
export const openWindow = 'Anmeldefenster öffnen';
export const codePrompt =
  'Zeigt das Anmeldefenster einen Code, geben Sie ihn hier ein. Haben Sie das Fenster geschlossen, melden Sie sich erneut an.';
export const codeLabel = 'Code aus dem Anmeldefenster';
export const useCode = 'Code verwenden';
export const codeInvalid = 'Dieser Code ist falsch oder abgelaufen.';
export const signInFailed = 'Die Anmeldung ist fehlgeschlagen. Versuchen Sie es erneut.';
/** Leaves out the reason, which the proxy gives in English. */
export const describeSignInFailure = () => signInFailed;
export const signedInAs = (name: string | undefined) => (name ? `Angemeldet als ${name}` : 'Angemeldet');
