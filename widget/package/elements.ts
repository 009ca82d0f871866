/** The public properties of each element. All except functions and lists are attributes too. */
import type { TokenProvider } from './settings.ts';

export interface CommonProperties {
  /** URL of the proxy. Default: `window.EvalonWidget.proxyUrl`, or else the origin of the script. */
  proxyUrl: string | undefined;
  /** Returns a recruiter token. Pass the same function to all elements: each function has its own connection. */
  getToken: TokenProvider | undefined;
  /** The language, such as `de`. All elements of a page have the language of the first. Default: the nearest `lang`. */
  locale: string | undefined;
}

export interface CandidateProperties extends CommonProperties {
  candidateEmail: string | undefined;
  candidateName: string | undefined;
  projectId: string | undefined;
  /** The ATS's id of the application. The proxy stores it with the invite. */
  applicationId: string | undefined;
}

/** The properties of each element, by its tag. */
export interface EvalonProperties {
  'evalon-assessments': CandidateProperties & {
    /** The assessments to offer: `type[@project_id][:Label]`, comma-separated. Default: all that IT has configured. */
    assessmentTypes: string | undefined;
  };
  'evalon-invite-button': CandidateProperties & {
    /** The assessment: `type[@project_id][:Label]`. */
    assessmentType: string | undefined;
  };
  'evalon-status': CommonProperties & Pick<CandidateProperties, 'candidateEmail' | 'projectId'>;
  'evalon-scorecard': CommonProperties & { sessionUuid: string | undefined };
  'evalon-inbox': CommonProperties;
  'evalon-cohort': CommonProperties & {
    projectId: string | undefined;
    assessmentType: string | undefined;
    /** Candidates that the page adds. A new list replaces the draft. */
    candidates: readonly CandidateInput[] | undefined;
  };
  'evalon-results': CommonProperties & { projectId: string | undefined; assessmentType: string | undefined };
}

export interface CandidateInput {
  candidate_email: string;
  candidate_name: string;
}

export type EvalonTag = keyof EvalonProperties;

/** An element by its tag, such as `EvalonElement<'evalon-status'>`. */
export type EvalonElement<Tag extends EvalonTag> = HTMLElement &
  EvalonProperties[Tag] & {
    /** Resolves when the element has rendered its newest properties. */
    readonly updateComplete: Promise<boolean>;
  };

type EvalonElements = { [Tag in EvalonTag]: EvalonElement<Tag> };

declare global {
  interface HTMLElementTagNameMap extends EvalonElements {}
}
