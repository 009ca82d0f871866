export const signInNeeded = 'Entre para ver as avaliações.';
export const needsHttps = 'O login exige HTTPS. Fale com a TI.';
export const signIn = 'Entrar';
export const signInAgain = 'Entrar novamente';
export const signOut = 'Sair';
export const continueInWindow = 'Continue na janela de login.';
export const popupBlocked = 'Seu navegador bloqueou a janela de login. Abra-a aqui:';
export const openWindow = 'Abrir a janela de login';
export const codePrompt =
  'Se a janela de login mostrar um código, digite-o aqui. Se você fechou a janela, entre novamente.';
export const codeLabel = 'Código da janela de login';
export const useCode = 'Usar código';
export const codeInvalid = 'O código está incorreto ou expirou.';
export const signInFailed = 'Não foi possível entrar. Tente novamente.';
/** Leaves out the reason, which the proxy gives in English. */
export const describeSignInFailure = () => signInFailed;
export const signedInAs = (name: string | undefined) => (name ? `Conectado como ${name}` : 'Conectado');
