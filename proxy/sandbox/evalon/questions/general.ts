/** What is asked under any other assessment type, so that every project can be tried in the sandbox. */
import { createChoiceQuestion, createWrittenQuestion, type Section } from './question.ts';

export const generalSections: readonly Section[] = [
  {
    name: 'Judgement',
    intro: 'Two situations that occur in every job. Choose what you would do first.',
    questions: [
      createChoiceQuestion(
        'deadline',
        'You see on Monday that Friday’s deadline cannot be met. You…',
        ['Work late and say nothing', 3, 'Effort without a warning.'],
        ['Say so today, with what can be done by Friday', 10, 'Early, honest and useful.'],
        ['Say so on Thursday, when it is certain', 2, 'Certain, and too late for anybody to help.'],
        ['Lower the quality until it fits', 4, 'A decision that others should know of.'],
      ),
      createChoiceQuestion(
        'mistake',
        'You find a mistake in work that a colleague sent out yesterday. You…',
        ['Tell the colleague, and offer to help set it right', 10, 'Direct, kind and quick.'],
        ['Mend it quietly', 5, 'The work is right; nobody has learned.'],
        ['Bring it up in the team meeting', 3, 'True, in the least helpful place.'],
        ['Leave it; it is not yours', 0, 'The mistake goes on.'],
      ),
    ],
  },
  {
    name: 'Communication',
    intro: 'One choice, then a few lines of your own.',
    questions: [
      createChoiceQuestion(
        'unclear',
        'A task arrives in one unclear sentence. You…',
        ['Start with your best guess', 4, 'Quick, with an even chance of being wrong.'],
        ['Ask for a full description', 5, 'Careful, and hands all the work back.'],
        ['Write down how you understand it, and ask whether that is right', 10, 'Moves on and makes correcting cheap.'],
        ['Wait until somebody says more', 0, 'Nothing happens.'],
      ),
      createWrittenQuestion(
        'changed-mind',
        'Tell of a time when you changed your mind because of a fact.',
        'Two or three sentences are plenty.',
        {
          'what you thought before': /thought|believed|assumed|expected|was sure|planned/i,
          'the fact': /data|number|fact|test|result|showed|found|measured|customer|user|feedback/i,
          'what you did then': /changed|instead|decided|stopped|started|switched|dropped|so (i|we)/i,
        },
      ),
    ],
  },
];
