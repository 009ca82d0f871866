import type { PageTexts } from './page-texts.ts';

export const ja: PageTexts = {
  resultTitle: 'アセスメントの結果',
  needsJavaScript: 'このページにはJavaScriptが必要です。',
  signInTitle: 'Evalonへのサインイン',
  signedIn: 'サインインしました',
  goBack: '「サインイン」をクリックしたページに戻ってください。このウィンドウは閉じてかまいません。',
  oneMoreStep: 'あと1ステップです',
  enterCode: '「サインイン」をクリックした{origin}のアセスメントのパネルに、このコードを入力してください。',
  codeWarning:
    'このコードを他の人に教えたり、他のページに入力したりしないでください。そのページで「サインイン」をクリックしていない場合は、このウィンドウを閉じてください。',
  notSignedIn: 'サインインしていません',
  signInFailed: 'サインインに失敗しました。もう一度お試しいただくか、IT部門にお問い合わせください。',
};
