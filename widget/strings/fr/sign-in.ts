export const signInNeeded = 'Connectez-vous pour voir les évaluations.';
export const needsHttps = 'La connexion nécessite HTTPS. Contactez le service informatique.';
export const signIn = 'Se connecter';
export const signInAgain = 'Se reconnecter';
export const signOut = 'Se déconnecter';
export const continueInWindow = 'Continuez dans la fenêtre de connexion.';
export const popupBlocked = 'Votre navigateur a bloqué la fenêtre de connexion. Ouvrez-la ici :';
export const openWindow = 'Ouvrir la fenêtre de connexion';
export const codePrompt =
  'Si la fenêtre de connexion affiche un code, saisissez-le ici. Si vous avez fermé la fenêtre, reconnectez-vous.';
export const codeLabel = 'Code de la fenêtre de connexion';
export const useCode = 'Utiliser le code';
export const codeInvalid = 'Ce code est incorrect ou a expiré.';
export const signInFailed = 'La connexion a échoué. Réessayez.';
/** Leaves out the reason, which the proxy gives in English. */
export const describeSignInFailure = () => signInFailed;
export const signedInAs = (name: string | undefined) => (name ? `Connecté en tant que ${name}` : 'Connecté');
