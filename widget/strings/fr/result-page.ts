export { describeSignInFailure, signIn, signInFailed } from './sign-in.ts';

export const signInExpired = 'Cette connexion a déjà été utilisée ou a expiré. Reconnectez-vous.';
export const signedOut = 'Vous êtes déconnecté.';
