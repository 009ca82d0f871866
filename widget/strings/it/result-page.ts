export { describeSignInFailure, signIn, signInFailed } from './sign-in.ts';

export const signInExpired = 'Questo accesso è già stato usato o è scaduto. Accedi di nuovo.';
export const signedOut = 'Hai effettuato la disconnessione.';
