/**
 * The JSON pointers at which Evalon's messages may contain each of the proxy's fields, best first. Evalon has published
 * `session_uuid`, `candidate_url` and a sample webhook; all other pointers are assumed. The pointers that IT sets in
 * `EVALON_FIELD_MAP` come first. The proxy does not search at arbitrary depth.
 */
import { createHash } from 'node:crypto';
import {
  type CustomFieldMap,
  EVALON_FIELDS,
  EVALON_MESSAGES,
  type EvalonField,
  type EvalonMessage,
  parseFieldMapKey,
} from '../config/field-map.ts';
import { type CompiledPointer, compilePointer } from './folded-keys.ts';

export type { EvalonField, EvalonMessage } from '../config/field-map.ts';

/** Increment this when the parsing of a value changes, so that the proxy parses stored answers again. */
const PARSER_VERSION = 2;
const VERSION_HEX_CHARS = 12;

/** Each key in each wrapper. A wrapper is a pointer to an object that may contain the keys. */
interface PointerGroup {
  wrappers: readonly string[];
  keys: readonly string[];
}

/** Pointers of equal rank. An identity (session, candidate or project) is read from the first tier with a value. */
interface Tier {
  groups: readonly PointerGroup[];
  /**
   * Whether the pointers lead to a top-level id. If the message has one of ENVELOPED_OBJECTS, that id is the envelope's
   * own.
   */
  isTopLevelId?: true;
}

const ENVELOPES = ['', '/data', '/result', '/payload', '/response', '/session', '/event'];
const OBJECTS = ['', '/session', '/scorecard', '/result', '/results', '/report', '/data', '/attributes', '/object'];
const EVERYWHERE = [...new Set(ENVELOPES.flatMap((envelope) => OBJECTS.map((object) => envelope + object)))];
const SESSION_OBJECTS = EVERYWHERE.filter((wrapper) => wrapper.endsWith('/session'));
/** Wrappers whose `id` may be a session's. The list has no scorecards, because a scorecard has an `id` of its own. */
const ID_WRAPPERS = EVERYWHERE.filter((wrapper) => /\/(data|result|payload|response|attributes|object)$/.test(wrapper));
const TOP_LEVEL = [''];

/** Objects inside an envelope. If a message has such an object, the top-level id is not the session's. */
export const ENVELOPED_OBJECTS = ['/data', '/payload', '/session', '/object'].map(compilePointer);

const tier = (...groups: PointerGroup[]): Tier => ({ groups });
const inEach = (wrappers: readonly string[], ...keys: string[]): PointerGroup => ({ wrappers, keys });
const everywhere = (...keys: string[]): Tier => tier(inEach(EVERYWHERE, ...keys));
const inItem = (...keys: string[]): readonly Tier[] => [tier(inEach(TOP_LEVEL, ...keys))];

const SESSION_KEYS = everywhere('session_uuid', 'session_id', 'assessment_session_uuid', 'assessment_session_id');

const BUILT_IN: Readonly<Record<EvalonField, readonly Tier[]>> = {
  session_uuid: [
    SESSION_KEYS,
    tier(inEach(SESSION_OBJECTS, 'uuid')),
    tier(inEach(SESSION_OBJECTS, 'id')),
    tier(inEach(ID_WRAPPERS, 'uuid')),
    tier(inEach(ID_WRAPPERS, 'id')),
    { ...tier(inEach(TOP_LEVEL, 'uuid')), isTopLevelId: true },
    { ...tier(inEach(TOP_LEVEL, 'id')), isTopLevelId: true },
  ],
  candidate_url: [
    everywhere('candidate_url', 'candidate_url/url', 'candidate_url/href', 'candidate_link', 'candidate_link/url'),
    everywhere('links/candidate', 'links/candidate/href', 'invite_url', 'invite_link', 'invitation_url'),
    everywhere('invitation_link', 'assessment_url', 'assessment_link', 'session_url', 'take_url', 'test_url'),
    everywhere('link', 'link/url', 'link/href', 'url'),
  ],
  candidate_email: [
    everywhere('candidate_email', 'candidate/email', 'candidate/candidate_email', 'applicant_email', 'applicant/email'),
    everywhere('email', 'participant_email', 'participant/email', 'invitee/email'),
    everywhere('candidate'),
  ],
  project_id: [everywhere('project_id'), everywhere('project/id')],
  assessment_type: [
    everywhere('assessment_type', 'assessment/type', 'assessment/slug', 'assessment_slug', 'assessment'),
  ],
  status: [
    tier(inEach(SESSION_OBJECTS, 'status', 'state', 'status/name')),
    everywhere('session_status', 'new_status', 'status', 'state', 'status/name', 'status/value', 'status/code'),
  ],
  event: [
    everywhere('event', 'event_type', 'event_name', 'event/type', 'event/name'),
    tier(inEach(TOP_LEVEL, 'type', 'topic', 'action')),
  ],
  overall: [
    everywhere('overall', 'score_summary/overall', 'overall_score', 'score_summary/overall_score'),
    everywhere('scores/overall', 'summary/overall', 'summary/overall_score', 'total_score', 'final_score'),
    everywhere('score_summary/total_score', 'score_summary/score', 'score'),
  ],
  overall_max: [
    everywhere('overall_max', 'overall_max_score', 'max_overall', 'max_overall_score', 'max_score', 'maximum_score'),
    everywhere('score_summary/overall_max', 'score_summary/max_score', 'score_summary/max', 'scores/max_score'),
    everywhere('max_points', 'out_of', 'score_summary/out_of', 'max'),
  ],
  sections: [
    everywhere('sections', 'score_summary/sections', 'section_scores', 'scores/sections', 'summary/sections'),
    everywhere('categories', 'competencies', 'dimensions', 'skills', 'breakdown', 'score_breakdown'),
  ],
  narrative: [
    everywhere('narrative_summary', 'narrative', 'narrative_summary/text', 'narrative/text', 'narrative/summary'),
    everywhere('score_summary/narrative_summary', 'score_summary/narrative', 'summary', 'summary/text'),
    everywhere('summary/narrative', 'summary_text', 'overall_feedback', 'feedback'),
  ],
  completed_at: [
    everywhere('completed_at', 'score_summary/completed_at', 'completed_on', 'completion_date', 'completion_time'),
    everywhere('date_completed', 'completed', 'finished_at'),
  ],
  'section.name': inItem('name', 'section_name', 'title', 'label', 'section', 'category', 'competency', 'skill'),
  'section.score': inItem('score', 'overall', 'section_score', 'overall_score', 'value', 'points'),
  'section.max_score': inItem('max_score', 'max', 'maximum_score', 'maximum', 'out_of', 'max_points', 'overall_max'),
  'section.questions': inItem('questions', 'items', 'answers', 'responses', 'question_scores'),
  'question.title': inItem('title', 'prompt', 'text', 'question', 'question_text', 'question/text', 'name', 'label'),
  'question.score': inItem('score', 'question_score', 'value', 'points'),
  'question.max_score': inItem('max_score', 'max', 'maximum_score', 'maximum', 'out_of', 'max_points'),
  'question.feedback': inItem('feedback', 'comment', 'comments', 'rationale', 'explanation'),
  'question.time_seconds': inItem(
    'time_seconds',
    'time_spent_seconds',
    'time_taken_seconds',
    'duration_seconds',
    'seconds',
  ),
};

/** Without the tiers in which the `uuid` or `id` could be the scorecard's own. */
const SCORECARD_SESSION_UUID = BUILT_IN.session_uuid.slice(0, 3);

/** Flags of a scorecard. If one of them is false, the scorecard is not final. */
const COMPLETION_FLAGS = everywhere(
  'is_complete',
  'is_completed',
  'completed',
  'complete',
  'is_final',
  'is_ready',
  'ready',
);

/** Pointers, and the wrappers that they are relative to. */
export interface CompiledGroup {
  wrappers: readonly CompiledPointer[];
  pointers: readonly CompiledPointer[];
}

export interface CompiledTier {
  groups: readonly CompiledGroup[];
  isTopLevelId: boolean;
}

export interface FieldPointers {
  custom: readonly CompiledPointer[];
  tiers: readonly CompiledTier[];
  /** The key that has the field's name, in any wrapper. */
  documented: CompiledTier;
}

export interface FieldMap {
  /** Changes when the built-in pointers, the parser or `EVALON_FIELD_MAP` change. */
  version: string;
  getPointers(message: EvalonMessage, field: EvalonField): FieldPointers;
}

/** Combines the built-in pointers with IT's. @param custom validated by config/field-map.ts. */
export function createFieldMap(custom: CustomFieldMap = {}): FieldMap {
  const byMessage = mapToObject(EVALON_MESSAGES, (message) =>
    mapToObject(EVALON_FIELDS, (field) => compileField(message, field, custom)),
  );
  return {
    version: createHash('sha256')
      .update(JSON.stringify([PARSER_VERSION, BUILT_IN, custom]))
      .digest('hex')
      .slice(0, VERSION_HEX_CHARS),
    getPointers: (message, field) => byMessage[message][field],
  };
}

/** Returns the built-in pointers of a field, best first. */
export function listBuiltInPointers(message: EvalonMessage, field: EvalonField): string[] {
  return getTiers(message, field).flatMap(({ groups }) =>
    groups.flatMap(({ wrappers, keys }) => keys.flatMap((key) => wrappers.map((wrapper) => `${wrapper}/${key}`))),
  );
}

function getTiers(message: EvalonMessage, field: EvalonField): readonly Tier[] {
  return message === 'scorecard' && field === 'session_uuid' ? SCORECARD_SESSION_UUID : BUILT_IN[field];
}

function compileField(message: EvalonMessage, field: EvalonField, custom: CustomFieldMap): FieldPointers {
  const customPointers = Object.entries(custom).flatMap(([key, pointers]) => {
    const parsed = parseFieldMapKey(key);
    return parsed?.field === field && (parsed.message ?? message) === message ? pointers : [];
  });
  return {
    custom: customPointers.map(compilePointer),
    tiers: getTiers(message, field).map(compileTier),
    documented: compileTier(tier(inEach(EVERYWHERE, field))),
  };
}

function mapToObject<K extends string, V>(keys: readonly K[], build: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, build(key)])) as Record<K, V>;
}

const compiledWrappers = new Map<readonly string[], readonly CompiledPointer[]>();

/** Compiles each list of wrappers once, so that a field reader can cache by list which wrappers a message has. */
function compileTier(source: Tier): CompiledTier {
  const groups = source.groups.map(({ wrappers, keys }) => {
    const compiled = compiledWrappers.get(wrappers) ?? wrappers.map(compilePointer);
    compiledWrappers.set(wrappers, compiled);
    return { wrappers: compiled, pointers: keys.map((key) => compilePointer(`/${key}`)) };
  });
  return { groups, isTopLevelId: source.isTopLevelId ?? false };
}

export const completionFlags = compileTier(COMPLETION_FLAGS);
export const completionTimes = compileTier(everywhere('completed_at'));
