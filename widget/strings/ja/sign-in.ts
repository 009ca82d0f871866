export const signInNeeded = 'アセスメントを表示するには、サインインしてください。';
export const needsHttps = 'サインインにはHTTPSが必要です。IT部門にお問い合わせください。';
export const signIn = 'サインイン';
export const signInAgain = 'もう一度サインイン';
export const signOut = 'サインアウト';
export const continueInWindow = 'サインインのウィンドウで続行してください。';
export const popupBlocked = 'サインインのウィンドウがブラウザーにブロックされました。こちらから開いてください。';
export const openWindow = 'サインインのウィンドウを開く';
export const codePrompt =
  'サインインのウィンドウにコードが表示された場合は、ここに入力してください。ウィンドウを閉じた場合は、もう一度サインインしてください。';
export const codeLabel = 'サインインのウィンドウのコード';
export const useCode = 'コードを使用';
export const codeInvalid = 'コードが正しくないか、有効期限が切れています。';
export const signInFailed = 'サインインに失敗しました。もう一度お試しください。';
/** Leaves out the reason, which the proxy gives in English. */
export const describeSignInFailure = () => signInFailed;
export const signedInAs = (name: string | undefined) =>
  name ? `${name} としてサインインしています` : 'サインインしています';
