import { formats } from './formats.ts';

export const signInNeeded = 'Melden Sie sich an, um die Eignungstests zu sehen.';
export const signIn = 'Anmelden';
export const signOut = 'Abmelden';
export const continueInWindow = 'Fahren Sie im Anmeldefenster fort.';
export const signInWindowClosed = 'Das Anmeldefenster wurde geschlossen. Melden Sie sich erneut an.';
export const candidateTab = 'Kandidat:in';
export const inboxTab = 'Posteingang';
export const noCandidate = 'Öffnen Sie in Ihrem ATS eine Person, um ihre Eignungstests hier zu sehen.';
export const pageChanging = 'Warten, bis die Seite eine Person zeigt…';
export const lookingUpCandidate = 'Person wird gesucht…';
export const retry = 'Erneut versuchen';
export const noProxy =
  'Dieser Erweiterung fehlt die Adresse des Proxys Ihres Unternehmens. Geben Sie sie in den Einstellungen ein.';
export const openOptions = 'Einstellungen öffnen';
export const candidateUnknown = 'Die Person wurde nicht erkannt';
export const enterManually =
  'Geben Sie E-Mail-Adresse und Name der Person ein. Prüfen Sie, was bereits ausgefüllt ist: Es stammt von der Seite.';
export const candidateNotFound =
  'Das ATS kennt diese Person nicht, oder Ihnen fehlt die Berechtigung, ihre Daten zu sehen.';
export const noEmail = 'Das ATS hat keine E-Mail-Adresse dieser Person.';
export const noAssessments = 'Für diese Person gibt es keine Eignungstests. Wenden Sie sich an die IT.';
export const email = 'E-Mail';
export const name = 'Name';
export const useCandidate = 'Das ist die Person';
export const candidateChanged = 'Die Seite zeigt jetzt eine andere Person. Es wurde keine Einladung gesendet.';
export const pageNotResponding =
  'Die Seite antwortet nicht. Es wurde keine Einladung gesendet. Laden Sie die Seite neu und versuchen Sie es erneut.';
export const confirmCandidate =
  'Die Adresse der Seite lässt die Person nicht erkennen. Ist das die Person auf der Seite?';
export const confirmYes = 'Ja, Eignungstests anzeigen';
export const confirmNo = 'Nein, es ist eine andere Person';
export const chipLabel = 'Eignungstests öffnen';
export const chipHint = 'Evalon: Auf das Symbol klicken oder Alt+Umschalt+E drücken';
export const chipHintLabel = 'Eignungstests von Evalon';
export const storeDescription = 'Eignungstests von Evalon neben der Person in Greenhouse, Lever, Ashby und Workday.';
export const proxyAddress = 'Adresse des Evalon-Proxys Ihres Unternehmens';
export const save = 'Speichern';
export const saved = 'Gespeichert.';
export const invalidAddress = 'Das ist keine Proxy-Adresse. Geben Sie eine ein, die mit https:// beginnt.';
export const hostNotAllowed =
  'Ihr Browser erreicht diese Adresse erst, wenn Sie sie erlauben. Versuchen Sie es erneut oder wenden Sie sich an die IT.';
export const setByPolicy = 'Von Ihrer IT festgelegt.';
export const blockedHostsTitle = 'Blockierte Adressen';
export const blockedHostsHint =
  'Ihr Browser blockiert diese Adressen für die Erweiterung. Erlauben Sie sie, um Eignungstests zu sehen.';
export const proxyHostBlocked =
  'Ihr Browser blockiert den Zugriff auf den Proxy Ihres Unternehmens. Erlauben Sie ihn in den Einstellungen.';
export const optionalHostsTitle = 'Weitere Seiten';
export const optionalHostsHint =
  'Diese Seiten stehen in den Einstellungen Ihres Unternehmens. Erlauben Sie sie, um dort Eignungstests zu sehen.';
export const optionalHostsPending =
  'Einige Seiten brauchen Ihre Erlaubnis, um Eignungstests anzuzeigen. Erlauben Sie sie in den Einstellungen.';
export const allowButton = 'Erlauben';
export const allowedSuffix = '(erlaubt)';
export const allowHost = (host: string) => `${host} erlauben`;
export const resultCountTitle = (count: number) =>
  count ? formats.plural(count, { one: '# neues Ergebnis', other: '# neue Ergebnisse' }) : 'Eignungstests von Evalon';
export const candidateBadgeTitle = (status: string) => `Eignungstests von Evalon. Diese Person: ${status}`;
