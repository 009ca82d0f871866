import type { PageTexts } from './page-texts.ts';

export const fr: PageTexts = {
  resultTitle: 'Résultat de l’évaluation',
  needsJavaScript: 'Cette page nécessite JavaScript.',
  signInTitle: 'Connexion à Evalon',
  signedIn: 'Connexion réussie',
  goBack: 'Revenez à la page où vous avez cliqué sur « Se connecter ». Vous pouvez fermer cette fenêtre.',
  oneMoreStep: 'Encore une étape',
  enterCode:
    'Saisissez ce code dans le panneau des évaluations de {origin}, où vous avez cliqué sur « Se connecter » :',
  codeWarning:
    'Ne communiquez pas ce code et ne le saisissez sur aucune autre page. Si vous n’y avez pas cliqué sur « Se connecter », fermez cette fenêtre.',
  notSignedIn: 'La connexion n’a pas abouti',
  signInFailed: 'La connexion a échoué. Réessayez ou contactez le service informatique.',
};
