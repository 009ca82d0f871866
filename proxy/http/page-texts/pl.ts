import type { PageTexts } from './page-texts.ts';

export const pl: PageTexts = {
  resultTitle: 'Wynik testu',
  needsJavaScript: 'Ta strona wymaga JavaScriptu.',
  signInTitle: 'Logowanie do Evalon',
  signedIn: 'Zalogowano',
  goBack: 'Wróć do strony, na której wybrano „Zaloguj się”. Możesz zamknąć to okno.',
  oneMoreStep: 'Jeszcze jeden krok',
  enterCode: 'Wpisz ten kod w panelu testów na stronie {origin}, gdzie wybrano „Zaloguj się”:',
  codeWarning:
    'Nie udostępniaj tego kodu i nie wpisuj go na innej stronie. Jeśli na tamtej stronie nie wybrano „Zaloguj się”, zamknij to okno.',
  notSignedIn: 'Nie zalogowano',
  signInFailed: 'Logowanie nie powiodło się. Spróbuj ponownie lub skontaktuj się z działem IT.',
};
