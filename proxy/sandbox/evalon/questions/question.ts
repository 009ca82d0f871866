export const MAX_QUESTION_POINTS = 10;

export interface Option {
  readonly text: string;
  /** 0 to `MAX_QUESTION_POINTS`. */
  readonly points: number;
  readonly feedback: string;
}

export interface ChoiceQuestion {
  readonly kind: 'choice';
  readonly id: string;
  readonly prompt: string;
  readonly options: readonly Option[];
}

export interface WrittenQuestion {
  readonly kind: 'written';
  readonly id: string;
  readonly prompt: string;
  /** Shown below the prompt. */
  readonly hint: string;
  /** The topics of a good answer, each with the words that show it. */
  readonly expectedTopics: readonly { readonly name: string; readonly words: RegExp }[];
}

export type Question = ChoiceQuestion | WrittenQuestion;

export interface Section {
  readonly name: string;
  readonly intro: string;
  readonly questions: readonly Question[];
}

export function createChoiceQuestion(
  id: string,
  prompt: string,
  ...options: [text: string, points: number, feedback: string][]
): ChoiceQuestion {
  return {
    kind: 'choice',
    id,
    prompt,
    options: options.map(([text, points, feedback]) => ({ text, points, feedback })),
  };
}

export function createWrittenQuestion(
  id: string,
  prompt: string,
  hint: string,
  topics: Record<string, RegExp>,
): WrittenQuestion {
  return {
    kind: 'written',
    id,
    prompt,
    hint,
    expectedTopics: Object.entries(topics).map(([name, words]) => ({ name, words })),
  };
}
