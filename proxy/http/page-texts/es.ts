import type { PageTexts } from './page-texts.ts';

export const es: PageTexts = {
  resultTitle: 'Resultado de la evaluación',
  needsJavaScript: 'Esta página necesita JavaScript.',
  signInTitle: 'Inicio de sesión en Evalon',
  signedIn: 'Ha iniciado sesión',
  goBack: 'Vuelva a la página en la que hizo clic en «Iniciar sesión». Puede cerrar esta ventana.',
  oneMoreStep: 'Un paso más',
  enterCode: 'Introduzca este código en el panel de evaluaciones de {origin}, donde hizo clic en «Iniciar sesión»:',
  codeWarning:
    'No comparta este código ni lo introduzca en otra página. Si no hizo clic en «Iniciar sesión» allí, cierre esta ventana.',
  notSignedIn: 'No ha iniciado sesión',
  signInFailed: 'No se ha podido iniciar sesión. Inténtelo de nuevo o contacte con TI.',
};
