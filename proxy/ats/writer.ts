/** Writes notes, fields, tags, assessments and links into an ATS. */
import { toCandidateKey } from '../contract/candidate.ts';
import { AtsRejected, AtsUnavailable } from '../util/errors.ts';
import { AtsRateLimited, CredentialsRejected } from './errors.ts';

/** What to write. `as` is the kind of the entry, as in the setting `ATS_WRITE_BACK`. */
export type WriteEntry =
  | { as: 'note'; text: string }
  | { as: 'field'; field: string; value: string }
  | { as: 'tag'; tag: string }
  | { as: 'assessment'; name: string; score: AssessmentScore; completedAtMs: number }
  /** The link to the assessment. `field`: the custom field for the link, if the ATS has no list of links. */
  | { as: 'link'; url: string; field?: string | undefined };

export interface AssessmentScore {
  overall: number | null;
  overallMax: number | null;
  sections: readonly { name: string; score: number }[];
}

export interface AtsWrite {
  /** The session's `application_id`. */
  applicationId: string;
  /** The session's candidate. The writer refuses an application of another person. */
  candidateKey: string;
  /** Identifies the session in an ATS that stores an id with the entry. */
  sessionId: string;
  /** Ends a note, so that the writer finds the note again. Each version of the session has its own marker. */
  marker: string;
  /** Whether an earlier attempt may have written the entry although its response was lost. */
  mayBeWritten: boolean;
  entry: WriteEntry;
}

/** Why the writer could not write. A retry will not help. */
export type WriteProblem = 'application_missing' | 'email_differs' | 'credentials' | 'refused';

export type WriteResult =
  /** `copies`: how often the ATS has the entry. Undefined: the ATS can't list entries, or refuses to. */
  | { outcome: 'written'; copies: number | undefined }
  /** An earlier attempt had written the entry. */
  | { outcome: 'found'; copies: number }
  | { outcome: 'failed'; problem: WriteProblem }
  /** `mayBeWritten`: the ATS may have written the entry in this attempt, although no response arrived. */
  | { outcome: 'retry'; retryAfterSeconds: number; reason: 'rate_limited' | 'unavailable'; mayBeWritten: boolean };

export interface Writer {
  ats: string;
  /** The ATS's name in the UI. */
  label: string;
  write(write: AtsWrite, signal: AbortSignal): Promise<WriteResult>;
  /** Checks the key with a request that writes nothing. `unknown`: the ATS has no such request. */
  probe(signal: AbortSignal): Promise<'accepted' | 'refused' | 'failed' | 'unknown'>;
}

/** The application in the ATS. */
export interface WriteDestination {
  applicationId: string;
  candidateId: string;
  emails: readonly string[];
}

/** The calls to one ATS's API that a writer makes. They throw AtsRejected and AtsUnavailable. */
export interface WriteApi {
  ats: string;
  label: string;
  findDestination(applicationId: string, signal: AbortSignal): Promise<WriteDestination | undefined>;
  /**
   * Counts the copies of the entry in the ATS. Returns 0 for a field, because setting a field twice does no harm.
   * Returns undefined if the ATS can't list such entries.
   */
  countCopies(destination: WriteDestination, write: AtsWrite, signal: AbortSignal): Promise<number | undefined>;
  /** Sends an incomplete request, which the ATS refuses. Absent: the ATS has no such request. */
  sendIncomplete?(signal: AbortSignal): Promise<unknown>;
  /** Returns false if the destination does not exist any more. */
  send(destination: WriteDestination, write: AtsWrite, signal: AbortSignal): Promise<boolean>;
}

const DEFAULT_RETRY_SECONDS = 30;

/** Creates a writer that searches for the entry before it writes, because an earlier response may have been lost. */
export function createWriter(api: WriteApi): Writer {
  const { ats, label, findDestination, countCopies, send, sendIncomplete } = api;
  return {
    ats,
    label,
    async write(write, signal) {
      let hasStartedSending = false;
      try {
        const destination = await findDestination(write.applicationId, signal);
        if (destination?.applicationId !== write.applicationId) return fail('application_missing');
        const isSamePerson = destination.emails.some((email) => toCandidateKey(email) === write.candidateKey);
        if (!isSamePerson) return fail('email_differs');
        const copies = await countCopies(destination, write, signal);
        if (copies) return { outcome: 'found', copies };
        hasStartedSending = true;
        if (!(await send(destination, write, signal))) return fail('application_missing');
        if (copies === undefined || !write.mayBeWritten) {
          return { outcome: 'written', copies: copies === undefined ? undefined : 1 };
        }
        // The ATS may have finished the earlier attempt after the first count.
        const copiesNow = await countCopies(destination, write, signal).catch(ignoreRefusal);
        return { outcome: 'written', copies: copiesNow };
      } catch (error) {
        return toResult(error, hasStartedSending);
      }
    },
    async probe(signal) {
      if (!sendIncomplete) return 'unknown';
      try {
        await sendIncomplete(signal);
        return 'accepted';
      } catch (error) {
        if (error instanceof CredentialsRejected) return 'refused';
        // The ATS accepted the key, and rejected the incomplete request.
        return error instanceof AtsRejected ? 'accepted' : 'failed';
      }
    },
  };
}

/** A refusal to count the copies does not undo the write. */
function ignoreRefusal(error: unknown): undefined {
  if (!(error instanceof AtsRejected)) throw error;
}

function fail(problem: WriteProblem): WriteResult {
  return { outcome: 'failed', problem };
}

function toResult(error: unknown, hasStartedSending: boolean): WriteResult {
  if (error instanceof CredentialsRejected) return fail('credentials');
  if (error instanceof AtsRejected) return fail('refused');
  if (!(error instanceof AtsUnavailable)) throw error;
  return {
    outcome: 'retry',
    retryAfterSeconds: error.retryAfterSeconds ?? DEFAULT_RETRY_SECONDS,
    reason: error instanceof AtsRateLimited ? 'rate_limited' : 'unavailable',
    mayBeWritten: hasStartedSending && !(error instanceof AtsRateLimited),
  };
}
