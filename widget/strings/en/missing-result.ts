/** English text about a session that ended without a result, or whose result is overdue. It loads on demand. */
export const resultOverdue = "Evalon reported completion 24 hours ago but hasn't returned a result. Contact IT.";
/** A new invite did not reopen the session. */
export const sameEndedSession =
  "Evalon returned the same ended assessment instead of a new one. Invite the candidate in another project, or contact Evalon's support.";

export const endedWithoutResult = 'The assessment ended without a result.';

/** Keyed by status. `cause` is for a recruiter who cannot invite the candidate again. */
export const endings = {
  expired: {
    cause: 'The link expired before the candidate completed the assessment.',
    causeAndAction: 'The link expired before the candidate completed the assessment. Invite again for a new link.',
  },
  cancelled: {
    cause: 'The assessment was cancelled.',
    causeAndAction: 'The assessment was cancelled. If the candidate should still take it, invite again.',
  },
  declined: {
    cause: 'The candidate declined the assessment.',
    causeAndAction: 'The candidate declined the assessment. Talk to them before you invite again.',
  },
  failed: {
    cause: "The assessment failed at Evalon. This isn't a verdict on the candidate.",
    causeAndAction:
      "The assessment failed at Evalon. This isn't a verdict on the candidate. Invite again, or contact IT.",
  },
};
