import type { PageTexts } from './page-texts.ts';

export const en: PageTexts = {
  resultTitle: 'Assessment result',
  needsJavaScript: 'This page needs JavaScript.',
  signInTitle: 'Evalon sign-in',
  signedIn: "You're signed in",
  goBack: 'Go back to the page where you clicked “Sign in”. You can close this window.',
  oneMoreStep: 'One more step',
  enterCode: 'Enter this code in the assessments panel of {origin}, where you clicked “Sign in”:',
  codeWarning:
    "Don't share this code or enter it on another page. If you didn't click “Sign in” there, close this window.",
  notSignedIn: "You're not signed in",
};
