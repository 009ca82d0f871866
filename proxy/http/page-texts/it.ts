import type { PageTexts } from './page-texts.ts';

export const it: PageTexts = {
  resultTitle: 'Risultato della valutazione',
  needsJavaScript: 'Questa pagina richiede JavaScript.',
  signInTitle: 'Accesso a Evalon',
  signedIn: 'Accesso effettuato',
  goBack: 'Torna alla pagina in cui hai fatto clic su “Accedi”. Puoi chiudere questa finestra.',
  oneMoreStep: 'Ancora un passaggio',
  enterCode: 'Inserisci questo codice nel pannello delle valutazioni di {origin}, dove hai fatto clic su “Accedi”:',
  codeWarning:
    'Non condividere questo codice e non inserirlo in altre pagine. Se non hai fatto clic su “Accedi” in quella pagina, chiudi questa finestra.',
  notSignedIn: 'Accesso non effettuato',
  signInFailed: 'Accesso non riuscito. Riprova o contatta il reparto IT.',
};
