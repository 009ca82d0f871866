/** The npm package: the classes of the elements, and `define()`. Importing it defines no element. */
import { defineElement } from '../elements/base/define-element.ts';
import Assessments from '../elements/evalon-assessments/evalon-assessments.ts';
import Cohort from '../elements/evalon-cohort/evalon-cohort.ts';
import Inbox from '../elements/evalon-inbox/evalon-inbox.ts';
import InviteButton from '../elements/evalon-invite-button/evalon-invite-button.ts';
import Results from '../elements/evalon-results/evalon-results.ts';
import Scorecard from '../elements/evalon-scorecard/evalon-scorecard.ts';
import Status from '../elements/evalon-status/evalon-status.ts';
import type { EvalonElement, EvalonTag } from './elements.ts';

export type * from './elements.ts';
export type * from './events.ts';
export type * from './session.ts';
export type * from './settings.ts';

type ElementClass<Tag extends EvalonTag> = new () => EvalonElement<Tag>;

export const EvalonAssessments: ElementClass<'evalon-assessments'> = Assessments;
export const EvalonCohort: ElementClass<'evalon-cohort'> = Cohort;
export const EvalonInbox: ElementClass<'evalon-inbox'> = Inbox;
export const EvalonInviteButton: ElementClass<'evalon-invite-button'> = InviteButton;
export const EvalonResults: ElementClass<'evalon-results'> = Results;
export const EvalonScorecard: ElementClass<'evalon-scorecard'> = Scorecard;
export const EvalonStatus: ElementClass<'evalon-status'> = Status;

const ELEMENTS: { [Tag in EvalonTag]: ElementClass<Tag> } = {
  'evalon-assessments': Assessments,
  'evalon-cohort': Cohort,
  'evalon-inbox': Inbox,
  'evalon-invite-button': InviteButton,
  'evalon-results': Results,
  'evalon-scorecard': Scorecard,
  'evalon-status': Status,
};

/** Defines all elements. Calling it twice is safe. */
export function define(): void {
  for (const [tag, element] of Object.entries(ELEMENTS)) defineElement(tag, element);
}
