export const signInNeeded = 'Meld u aan om de assessments te zien.';
export const needsHttps = 'Aanmelden vereist HTTPS. Neem contact op met IT.';
export const signIn = 'Aanmelden';
export const signInAgain = 'Opnieuw aanmelden';
export const signOut = 'Afmelden';
export const continueInWindow = 'Ga verder in het aanmeldvenster.';
export const popupBlocked = 'Uw browser heeft het aanmeldvenster geblokkeerd. Open het hier:';
export const openWindow = 'Aanmeldvenster openen';
export const codePrompt =
  'Toont het aanmeldvenster een code, vul die dan hier in. Hebt u het venster gesloten, meld u dan opnieuw aan.';
export const codeLabel = 'Code uit het aanmeldvenster';
export const useCode = 'Code gebruiken';
export const codeInvalid = 'De code is onjuist of verlopen.';
export const signInFailed = 'Aanmelden is mislukt. Probeer het opnieuw.';
/** Leaves out the reason, which the proxy gives in English. */
export const describeSignInFailure = () => signInFailed;
export const signedInAs = (name: string | undefined) => (name ? `Aangemeld als ${name}` : 'Aangemeld');
