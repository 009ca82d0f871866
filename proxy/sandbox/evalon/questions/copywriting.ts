import { createChoiceQuestion, createWrittenQuestion, type Section } from './question.ts';

export const copywritingSections: readonly Section[] = [
  {
    name: 'Clarity',
    intro: 'Choose the wording that a reader in a hurry understands first.',
    questions: [
      createChoiceQuestion(
        'button',
        'A form creates a free account. What should its button say?',
        ['Submit', 3, 'Correct, but does not say what happens.'],
        ['Create free account', 10, 'Names the result and answers the question of price.'],
        ['Unlock your potential', 1, 'Makes a promise instead of naming the action.'],
        ['Continue', 5, 'Clear in a long form, vague in a short one.'],
      ),
      createChoiceQuestion(
        'error',
        'A payment fails because the card expired. Which message helps most?',
        ['Something went wrong', 1, 'Does not say what to do.'],
        ['Error 4012: transaction declined by issuer', 2, 'Written for developers.'],
        ['Oops! That did not work. Please try again later', 3, 'Friendly, but the next try fails as well.'],
        [
          'This card expired in March. Use another card or update the date',
          10,
          'Says what is wrong and what to do next.',
        ],
      ),
      createChoiceQuestion(
        'cut',
        'Which sentence of a product page would you delete first?',
        ['Works offline for up to a week', 2, 'A fact that buyers look for.'],
        ['We are passionate about delivering excellence', 10, 'Every company can say this.'],
        ['Battery lasts eleven hours in our own test', 1, 'Concrete and honest about its source.'],
        ['Ships in two days', 3, 'Short and useful.'],
      ),
    ],
  },
  {
    name: 'Tone',
    intro: 'One choice and one short answer in your own words.',
    questions: [
      createChoiceQuestion(
        'apology',
        'A service was down for three hours. How does the email to customers begin?',
        ['We are excited to share an update on reliability', 0, 'Sounds cheerful about a failure.'],
        ['Due to unforeseen circumstances, availability was impacted', 2, 'Names no cause and no responsibility.'],
        ['We were down from 9 to 12 today, and we are sorry', 10, 'Says what happened and takes responsibility.'],
        ['Some users may have noticed a short interruption', 3, 'Plays the failure down.'],
      ),
      createWrittenQuestion(
        'describe',
        'Describe a reusable water bottle to a reader who already owns three.',
        'Two or three sentences are enough.',
        {
          'the reader': /\byou|your|already|another|three\b/i,
          'a concrete detail': /\d|litre|liter|hour|gram|lid|leak|cold|hot|steel|glass|handle|bag/i,
          'a reason to change': /instead|unlike|than|finally|stop|no more|never|because|only/i,
        },
      ),
    ],
  },
];
