export const signInNeeded = 'Zaloguj się, aby zobaczyć testy.';
export const needsHttps = 'Logowanie wymaga HTTPS. Skontaktuj się z działem IT.';
export const signIn = 'Zaloguj się';
export const signInAgain = 'Zaloguj się ponownie';
export const signOut = 'Wyloguj się';
export const continueInWindow = 'Kontynuuj w oknie logowania.';
export const popupBlocked = 'Przeglądarka zablokowała okno logowania. Otwórz je tutaj:';
export const openWindow = 'Otwórz okno logowania';
export const codePrompt =
  'Jeśli okno logowania pokazuje kod, wpisz go tutaj. Jeśli okno zostało zamknięte, zaloguj się ponownie.';
export const codeLabel = 'Kod z okna logowania';
export const useCode = 'Użyj kodu';
export const codeInvalid = 'Kod jest nieprawidłowy lub wygasł.';
export const signInFailed = 'Logowanie nie powiodło się. Spróbuj ponownie.';
/** Leaves out the reason, which the proxy gives in English. */
export const describeSignInFailure = () => signInFailed;
export const signedInAs = (name: string | undefined) => (name ? `Zalogowano: ${name}` : 'Zalogowano');
