/** Questions for every assessment type without questions of its own. */
import { createChoiceQuestion, createWrittenQuestion, type Section } from './question.ts';

export const generalSections: readonly Section[] = [
  {
    name: 'Judgment',
    intro: 'Two situations from everyday work. Choose what you would do first.',
    questions: [
      createChoiceQuestion(
        'deadline',
        "On Monday you see that you will miss Friday's deadline. What do you do?",
        ['Work late and say nothing', 3, 'Works hard but gives no warning.'],
        ['Say so today and propose what can be done by Friday', 10, 'Warns early and offers a plan.'],
        ['Say so on Thursday, when it is certain', 2, 'Warns too late for the team to react.'],
        ['Lower the quality until the work fits', 4, 'Makes a trade-off without asking the team.'],
      ),
      createChoiceQuestion(
        'mistake',
        'You find a mistake in work that a colleague sent out yesterday. What do you do?',
        ['Tell the colleague and offer to help correct it', 10, 'Direct, kind and quick.'],
        ['Correct it without mentioning it', 5, 'Fixes the work, but the colleague learns nothing.'],
        ['Raise it in the team meeting', 3, 'Honest, but embarrasses the colleague.'],
        ['Leave it, because it is not your work', 0, 'Leaves the mistake in place.'],
      ),
    ],
  },
  {
    name: 'Communication',
    intro: 'One choice and one short answer in your own words.',
    questions: [
      createChoiceQuestion(
        'unclear',
        'A task arrives in one unclear sentence. What do you do?',
        ['Start with your best guess', 4, 'Quick, but the guess may be wrong.'],
        ['Ask for a full description', 5, 'Careful, but gives all the work back.'],
        [
          'Write down how you understand it and ask for confirmation',
          10,
          'Moves the task on and makes corrections easy.',
        ],
        ['Wait for more details', 0, 'Does nothing.'],
      ),
      createWrittenQuestion(
        'changed-mind',
        'Describe a time when a fact changed your mind.',
        'Two or three sentences are enough.',
        {
          'the earlier opinion': /thought|believed|assumed|expected|was sure|planned/i,
          'the fact': /data|number|fact|test|result|showed|found|measured|customer|user|feedback/i,
          'the change that followed': /changed|instead|decided|stopped|started|switched|dropped|so (i|we)/i,
        },
      ),
    ],
  },
];
