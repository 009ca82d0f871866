/** Reads from the widget's texts the words that docs/glossary.md lists. */
import type { Locale } from '../../proxy/contract/locales.ts';
import { SESSION_STATUSES } from '../../proxy/contract/status.ts';
import type * as en from '../../widget/strings/en/index.ts';

type Strings = Pick<
  typeof en,
  'cohort' | 'common' | 'extension' | 'inbox' | 'report' | 'results' | 'scorecard' | 'sessionDetails' | 'shareLink'
>;

async function readStrings(locale: Locale): Promise<Strings> {
  return import(`../../widget/strings/${locale}/index.ts`);
}

/** Reads the words of a language, in the order of the glossary. */
export async function readWords(locale: Locale): Promise<string[]> {
  const { cohort, common, extension, inbox, report, results, scorecard, sessionDetails, shareLink } =
    await readStrings(locale);
  return [
    common.unknownAssessment,
    common.panelTitle,
    results.columns.candidate,
    common.invite.idle,
    common.inviteAgain.idle,
    cohort.cohortTitle,
    cohort.pastBatches,
    sessionDetails.previousSessions,
    sessionDetails.history(0),
    shareLink.copyLink,
    inbox.showReminder,
    shareLink.copyReminder,
    extension.inboxTab,
    results.resultsTitle,
    scorecard.scorecardTitle,
    report.overallHeading,
    results.columns.sections,
    report.summaryHeading,
    shareLink.hiringTeam,
    results.statusFilter,
    common.notInvited,
    ...SESSION_STATUSES.map(common.statusLabel),
  ];
}
