import type { PageTexts } from './page-texts.ts';

export const ptBr: PageTexts = {
  resultTitle: 'Resultado da avaliação',
  needsJavaScript: 'Esta página precisa de JavaScript.',
  signInTitle: 'Login na Evalon',
  signedIn: 'Login concluído',
  goBack: 'Volte à página em que você clicou em “Entrar”. Você pode fechar esta janela.',
  oneMoreStep: 'Só mais um passo',
  enterCode: 'Digite este código no painel de avaliações de {origin}, onde você clicou em “Entrar”:',
  codeWarning:
    'Não compartilhe este código nem o digite em outra página. Se você não clicou em “Entrar” lá, feche esta janela.',
  notSignedIn: 'O login não foi concluído',
  signInFailed: 'Não foi possível entrar. Tente novamente ou fale com a TI.',
};
